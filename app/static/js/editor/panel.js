// The numbers and the words beside the map.
const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })
const MARKS = { error: 'Must be put right', warning: 'Needs a look', notice: 'Note' }
const MOST_FINDINGS = 40

export const byId = (id) => document.getElementById(id)

export function element (tag, { text, className, ...facts } = {}, ...inside) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value)
  made.append(...inside)
  return made
}

export function button (text, act, className = 'fm-tool') {
  const made = element('button', { text, className, type: 'button' })
  made.addEventListener('click', act)
  return made
}

const percent = (share) => {
  const value = Number(share) * 100
  return value > 0 && value < 0.1 ? 'under 0.1%' : `${NUMBER.format(Math.round(value * 10) / 10)}%`
}

export function showVerdict (answer) {
  const verdict = byId('verdict')
  if (!answer) {
    for (const id of ['hectares', 'perimeter']) byId(id).textContent = '–'
    for (const id of ['parishes', 'findings']) byId(id).replaceChildren()
    byId('route').textContent = ''
    showPeople(null)
    verdict.textContent = 'Nothing drawn yet.'
    verdict.className = 'fm-verdict'
    return
  }
  const { check, words } = answer
  byId('hectares').textContent = NUMBER.format(check.area_ha)
  byId('perimeter').textContent = check.perimeter_m >= 10000
    ? `${NUMBER.format(Math.round(check.perimeter_m / 10) / 100)} km`
    : `${Math.round(check.perimeter_m).toLocaleString('en-GB')} m`
  verdict.className = `fm-verdict fm-verdict--${check.verdict}`
  verdict.textContent = words.verdict
  byId('route').textContent = words.route
  showPeople(answer.estimate)
  byId('parishes').replaceChildren(...check.parishes.map((each) => element('li', {},
    element('strong', { text: each.name }),
    ` makes up ${percent(each.share_of_area)} of the area; ${percent(each.share_of_parish)} of the parish is in it.`)))
  byId('findings').replaceChildren(...words.findings.slice(0, MOST_FINDINGS).map((each) => {
    const item = element('li', { className: `fm-found fm-found--${each.severity}` }, element('strong', { text: `${MARKS[each.severity]}: ` }), each.text)
    if (each.at) {
      const show = button('Show on the map', () => document.dispatchEvent(new CustomEvent('fm:show', { detail: each.at })), 'fm-link')
      item.append(' ', show)
    }
    return item
  }))
  verdict.removeAttribute('data-waiting')
}

// How many adults live there, where small areas have been counted; never without the word that it is an estimate.
function showPeople (estimate) {
  byId('people').hidden = !estimate
  byId('people-about').textContent = estimate?.about ?? ''
  byId('people-warning').textContent = estimate?.warning ?? ''
}

export function showWaiting () { byId('verdict').setAttribute('data-waiting', 'yes') }

let turn = 0
// Said to screen readers and shown under the map; the same words twice are still heard twice.
export function say (text) {
  byId('spoken').textContent = text + (++turn % 2 ? '' : '\u00a0')
}

// A notice above the map, one for each kind, with what can be done about it.
export function notice (kind, text, ...buttons) {
  byId(`notice-${kind}`)?.remove()
  if (!text) return
  const made = element('div', { id: `notice-${kind}`, className: `fm-notice fm-notice--${kind}`, role: 'status' }, element('p', { text }), ...buttons)
  byId('notices').append(made)
}
