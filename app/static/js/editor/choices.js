// What is in hand: which tool is pressed, what it asks of you, and which layers are on.
import { LAYERS } from './layers.js'
import { byId, element } from './panel.js'
import { HINTS } from './tools.js'

const KINDS = ['parish', 'ward', 'polling-district', 'output-area']

export class Choices {
  constructor ({ box, mapBox, tools, pen, layers, base }) {
    Object.assign(this, { box, mapBox, tools, pen, layers, base })
  }

  use (tool) {
    this.tools.use(tool)
    this.show()
  }

  show () {
    const { tool } = this.tools
    for (const each of this.box.querySelectorAll('[data-tool]')) each.setAttribute('aria-pressed', String(each.dataset.tool === tool))
    byId('hint').replaceChildren(HINTS[tool])
    if (tool === 'parts') byId('hint').append(' ', this.kindOfPart())
    if (tool === 'draw' || tool === 'cut') byId('hint').append(' ', this.following())
    this.mapBox.dataset.inHand = tool
  }

  kindOfPart () {
    const kinds = LAYERS.filter(({ kind }) => KINDS.includes(kind))
    const select = element('select', { className: 'govuk-select fm-kind', 'aria-label': 'Kind of part' },
      ...kinds.map(({ kind, name }) => element('option', { value: kind, text: name })))
    select.value = this.tools.partKind
    select.addEventListener('change', () => {
      this.tools.partKind = select.value
      this.layers.switch(select.value, true)
      this.showLayers()
    })
    return select
  }

  following () {
    return ticked('Follow a neighbour’s line between two clicks on it', this.pen.follows, (on) => { this.pen.follows = on })
  }

  showLayers () {
    const rows = LAYERS.map(({ kind, name }) => ticked(name, this.layers.isOn(kind), (on) => this.layers.switch(kind, on), kind))
    if (this.base) rows.push(ticked('Base map', this.base.isOn, (on) => this.base.switch(on), 'base'))
    byId('layers').replaceChildren(byId('layers').querySelector('legend'), ...rows)
  }
}

function ticked (text, on, change, key) {
  const tick = element('input', { type: 'checkbox' })
  tick.checked = on
  tick.addEventListener('change', () => change(tick.checked))
  const mark = key ? [element('span', { className: `fm-key fm-key--${key}`, 'aria-hidden': 'true' })] : []
  return element('label', { className: 'fm-check' }, tick, ...mark, ` ${text}`)
}
