// Adds up a sheet as it is typed. The server checks the same again, so nothing depends on this.
const form = document.querySelector('form[data-sheet]')
const said = form?.querySelector('[data-sum]')
const VOTES = ['yes', 'no', 'official_mark', 'more_than_one_answer', 'identifies_voter', 'unmarked_or_uncertain']

function figure (name) {
  const text = form.elements[name]?.value.replace(/[\s,]/g, '') ?? ''
  return /^\d+$/.test(text) ? Number(text) : null
}

function words (value) {
  return value.toLocaleString('en-GB')
}

function account () {
  const [supplied, issued, spoilt, unused, found] = ['supplied', 'issued', 'spoilt', 'unused', 'found'].map(figure)
  const lines = []
  const listed = Number(form.dataset.listed ?? supplied)
  if (supplied !== null && supplied !== listed) {
    lines.push([false, `Supplied: ${words(supplied)} of ${words(listed)} on the list of stations`])
  }
  if ([supplied, issued, spoilt, unused].every(value => value !== null)) {
    const sum = issued + spoilt + unused
    lines.push([sum === supplied, `Issued, spoilt and not used: ${words(sum)} of ${words(supplied)} supplied`])
  }
  if (issued !== null && found !== null) {
    lines.push([issued === found, `Found in the box: ${words(found)} of ${words(issued)} issued`])
  }
  return lines
}

function votes () {
  const typed = VOTES.map(figure)
  if (typed.some(value => value === null)) return []
  const sum = typed.reduce((all, value) => all + value, 0)
  const verified = Number(form.dataset.verified)
  return [[sum === verified, `Yes, No and rejected: ${words(sum)} of ${words(verified)} verified`]]
}

function tell () {
  const lines = form.dataset.sheet === 'station' ? account() : form.dataset.sheet === 'round' ? votes() : []
  said.replaceChildren(...lines.map(([agrees, text]) => {
    const line = document.createElement('span')
    line.className = agrees ? 'fm-sum__line fm-sum__line--agrees' : 'fm-sum__line fm-sum__line--differs'
    line.textContent = `${text}: ${agrees ? 'adds up' : 'does not add up, look again'}`
    return line
  }))
}

if (form && said) {
  form.addEventListener('input', tell)
  tell()
}
