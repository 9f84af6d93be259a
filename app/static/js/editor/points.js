// Every point in a table beside the map, always in step with it: typed, chosen and deleted there. A page at a time,
// so that a boundary of many thousand points stays quick.
import { pointAt, ringsOf } from './model.js'
import { gridReference, metres } from './places.js'
import { byId, element } from './panel.js'

const PAGE = 40

export class Points {
  constructor (editor, { typed, say, put, remove }) {
    Object.assign(this, { editor, typed, say, put, remove })
    this.page = 0
    this.pane = byId('points-pane')
    this.box = byId('points')
    editor.addEventListener('change', () => this.draw())
    editor.addEventListener('choose', () => this.draw(true))
    this.pane.addEventListener('toggle', () => this.draw(true))
    byId('ring').addEventListener('change', () => { this.page = 0; this.draw() })
    byId('as').addEventListener('change', () => this.draw())
  }

  turn (by) {
    this.page += by
    this.draw()
  }

  draw (toChosen = false) {
    if (!this.pane.open) return
    const rings = ringsOf(this.editor.boundary)
    const select = byId('ring')
    const wanted = select.value
    select.replaceChildren(...rings.map(({ at, name }) => element('option', { text: name, value: `${at.part},${at.ring}` })))
    if (rings.some(({ at }) => `${at.part},${at.ring}` === wanted)) select.value = wanted
    const { chosen } = this.editor
    if (toChosen && chosen) {
      select.value = `${chosen.part},${chosen.ring}`
      this.page = Math.floor(chosen.index / PAGE)
    }
    const here = rings.find(({ at }) => `${at.part},${at.ring}` === select.value)
    if (!here) {
      this.box.replaceChildren(element('p', { text: 'No points yet.', className: 'govuk-body-s' }))
      byId('page-of').textContent = ''
      return
    }
    const pages = Math.ceil(here.ring.length / PAGE)
    this.page = Math.min(Math.max(0, this.page), pages - 1)
    byId('page-of').textContent = `${this.page * PAGE + 1} to ${Math.min(here.ring.length, (this.page + 1) * PAGE)} of ${here.ring.length}`
    const focused = document.activeElement?.closest('#points [data-index]')?.dataset.index
    const write = byId('as').value === 'metres' ? metres : gridReference
    this.box.replaceChildren(element('ol', { start: this.page * PAGE + 1, className: 'fm-points__list' },
      ...here.ring.slice(this.page * PAGE, (this.page + 1) * PAGE).map((point, index) => this.row({ ...here.at, index: this.page * PAGE + index }, point, write))))
    if (focused !== undefined) this.box.querySelector(`[data-index="${focused}"] input`)?.focus()
  }

  row (at, point, write) {
    const { chosen } = this.editor
    const isChosen = chosen && chosen.part === at.part && chosen.ring === at.ring && chosen.index === at.index
    const field = element('input', { className: 'govuk-input fm-points__place', 'aria-label': `Point ${at.index + 1}`, autocomplete: 'off', spellcheck: 'false' })
    field.value = write(point)
    field.addEventListener('change', () => { if (field.value.trim() !== write(point)) this.change(at, field) })
    field.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); field.dispatchEvent(new Event('change')) } })
    const choose = element('button', { type: 'button', className: 'fm-tool fm-points__choose', text: isChosen ? 'Chosen' : 'Choose', 'aria-pressed': String(Boolean(isChosen)), 'aria-label': `${isChosen ? 'Chosen' : 'Choose'} point ${at.index + 1}` })
    choose.addEventListener('click', () => this.editor.choose(isChosen ? null : at))
    const remove = element('button', { type: 'button', className: 'fm-tool', text: 'Delete', 'aria-label': `Delete point ${at.index + 1}` })
    remove.addEventListener('click', () => { this.editor.choose(at); this.remove() })
    return element('li', { 'data-index': at.index, className: isChosen ? 'fm-points__row fm-points__row--chosen' : 'fm-points__row' }, field, choose, remove)
  }

  async change (at, field) {
    const point = await this.typed(field.value)
    if (!point) { field.setAttribute('aria-invalid', 'true'); return }
    if (!pointAt(this.editor.boundary, at)) return
    this.editor.choose(at)
    this.put(point)
  }
}
