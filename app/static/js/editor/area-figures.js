// What the page tells of a referendum area while its line moves: sentences as the service says them, and two tables.
import { byId, element } from './panel.js'

const HECTARES = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const NOTHING = 'Nothing is drawn: take back, or start again from the neighbourhood area.'

const list = (id, texts, className) => byId(id).replaceChildren(...texts.map((text) => element('li', { text, ...(className ? { className } : {}) })))

function sentence (id, text) {
  byId(id).textContent = text ?? ''
  byId(id).hidden = !text
}

const cell = (value) => element('td', { className: 'govuk-table__cell govuk-table__cell--numeric', text: value.toLocaleString('en-GB') })

function districts (extent, rows, columns) {
  const box = byId(`districts-${extent}`)
  box.hidden = !rows.length
  box.querySelector('tbody').replaceChildren(...rows.map((each) => {
    const name = element('th', { className: 'govuk-table__header', scope: 'row' }, element('span', { className: 'fm-districts__code', text: each.code }), each.name === each.code ? '' : ` ${each.name}`)
    return element('tr', { className: 'govuk-table__row' }, name, ...columns(each).map(cell))
  }))
}

export function showFigures (answer) {
  const headline = byId('verdict')
  headline.removeAttribute('data-waiting')
  const fault = answer ? answer.fault : NOTHING
  headline.textContent = answer?.electors.headline ?? 'No area.'
  sentence('fault', fault)
  list('details', answer?.electors.details ?? [])
  sentence('business', answer?.business)
  list('area-notices', answer?.notices ?? [], 'fm-found fm-found--warning')
  byId('hectares').textContent = answer?.area_ha == null ? '–' : HECTARES.format(answer.area_ha)
  byId('larger').textContent = HECTARES.format(answer?.larger_by_ha ?? 0)
  byId('districts-words').textContent = answer?.districts || 'No register is counted, so no polling districts are told.'
  const rows = answer?.polling_districts ?? []
  districts('part', rows.filter(({ extent }) => extent === 'part'), (each) => [each.electors, each.in_area, each.outside, each.undecided + each.unplaced])
  districts('whole', rows.filter(({ extent }) => extent === 'whole'), (each) => [each.electors])
}
