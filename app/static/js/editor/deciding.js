// The referendum area: its line goes with the form below the map, and places ticked there change the line.
import { ask } from './asking.js'
import { showBounds } from './grid-map.js'
import { covers } from './layers.js'
import { boundsOf, fromGeoJSON, isEqual, toGeoJSON } from './model.js'
import { button, byId, notice, say } from './panel.js'

export class Deciding {
  constructor (facts, form) {
    Object.assign(this, { facts, form })
    this.address = `/api/v1/plans/${facts.plan}/referendum-area`
    this.given = JSON.parse(byId('line').value)
  }

  get ticks () { return [...this.form.elements].filter(({ name }) => name === 'place') }

  question (shape) { return { address: `${this.address}/figures`, token: this.facts.formToken, body: { boundary: shape } } }

  // What the page holds is the start; what this browser kept of the same start comes back.
  async open ({ editor, map, guarded }) {
    this.editor = editor
    const start = fromGeoJSON(this.given)
    const hasOwn = await editor.open(`referendum-area ${this.facts.plan}`).catch(() => false)
    if (!hasOwn || editor.facts.basedOn !== this.mark) {
      editor.begin(start, undefined, { basedOn: this.mark })
    } else if (this.facts.isSent) {
      editor.change(start, 'The line that was sent')
    } else if (!isEqual(editor.boundary, start)) {
      notice('kept', 'This is what you drew here before and did not save. Undo takes steps back.',
        button('Go back to what is saved', () => { notice('kept', ''); editor.change(start, 'Back to what is saved') }))
    }
    if (editor.boundary.length) showBounds(map, boundsOf(editor.boundary))
    editor.tell('change')
    editor.tell('choose')
    editor.addEventListener('change', ({ detail }) => {
      if (!detail) return
      byId('who-larger').checked = true
      notice('problem', '')
    })
    for (const tick of this.ticks) tick.addEventListener('change', () => guarded(() => this.tickedOne(tick)))
    this.form.addEventListener('formdata', ({ formData }) => this.fill(formData))
  }

  // By which start the browser knows its own work again: what was saved before, not what was sent since.
  get mark () { return byId('line').dataset.mark }

  // The line goes as a file, whatever its size; the file and the ticks are in it already.
  fill (formData) {
    for (const name of ['file', 'place', 'places_shown']) formData.delete(name)
    formData.set('line', new Blob([JSON.stringify(toGeoJSON(this.editor.boundary))], { type: 'application/json' }), 'line.geojson')
  }

  async places (changes, what) {
    const body = { boundary: toGeoJSON(this.editor.boundary), ...changes }
    const found = await ask(`${this.address}/places`, { method: 'POST', token: this.facts.formToken, body })
    this.editor.change(fromGeoJSON(found.boundary), what)
  }

  async tickedOne (tick) {
    const [kind, council, code] = tick.value.split(':')
    const part = { kind, code, authority_code: council }
    const name = tick.labels[0].firstChild.textContent.trim()
    try {
      await this.places({ [tick.checked ? 'add' : 'take_out']: [part] }, `${name} ${tick.checked ? 'added' : 'taken out'}`)
    } catch (error) {
      tick.checked = !tick.checked
      throw error
    }
  }

  // A place clicked on the map: added, or taken out where the click was in the area.
  async toggle (feature, point) {
    const { kind, code, name, authority_code: council } = feature.properties
    const isIn = covers(toGeoJSON(this.editor.boundary), point)
    const part = { kind, code, ...(council ? { authority_code: council } : {}) }
    const before = this.editor.boundary
    await this.places({ [isIn ? 'take_out' : 'add']: [part] }, `${name} ${isIn ? 'taken out' : 'added'}`)
    if (this.editor.boundary === before) say(`${name} stays: it is part of the neighbourhood area.`)
  }

  // The boxes say how the places lie in the line as it is now.
  showTicks (places) {
    const extents = new Map(places.map((each) => [`${each.kind}:${each.authority_code}:${each.code}`, each.extent]))
    for (const tick of this.ticks) {
      const extent = extents.get(tick.value)
      tick.checked = extent === 'whole'
      tick.labels[0].querySelector('.fm-places__part').hidden = extent !== 'part'
    }
  }

  again () { this.editor.change(fromGeoJSON(JSON.parse(byId('neighbourhood').value)), 'Back to the neighbourhood area') }
}
