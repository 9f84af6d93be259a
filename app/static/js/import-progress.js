// Says how far an import is while the page is open, and shows what came of it once it is over.
const EVERY_MS = 2000
const line = document.querySelector('[data-progress]')

async function look () {
  const answer = await fetch(line.dataset.progress, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  const found = await answer.json()
  if (found.is_over) {
    window.location.reload()
    return
  }
  const words = line.querySelector('.fm-progress__words')
  if (words.textContent !== found.sentence) words.textContent = found.sentence
  line.querySelector('.govuk-tag').textContent = found.tag
  setTimeout(again, EVERY_MS)
}

function again () {
  look().catch(() => setTimeout(again, EVERY_MS * 5))
}

setTimeout(again, EVERY_MS)
