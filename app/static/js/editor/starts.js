// Where a boundary starts from: official parts, a copy, or a file, chosen or dropped.
import { ask } from './asking.js'
import { boundsOf, fromGeoJSON } from './model.js'
import { byId, element, notice } from './panel.js'

export class Starts {
  constructor (editor, { show, say, fail, suggest }) {
    Object.assign(this, { editor, show, say, fail, suggest })
  }

  begin (found, what) {
    const boundary = fromGeoJSON(found.boundary)
    this.editor.whole = boundary
    this.editor.change(boundary, what, { start: found.start })
    this.suggest(found.name)
    this.show(boundsOf(boundary))
  }

  async parts (parts) {
    const found = await ask('/api/v1/drafts/starts/parts', { method: 'POST', body: { parts } })
    this.begin(found, `Started from ${found.name}`)
  }

  async area (reference) {
    const found = await ask('/api/v1/drafts/starts/area', { method: 'POST', body: { area: reference.trim() } })
    this.begin(found, `Started from a copy of ${found.name}`)
  }

  // The file as it is, with what has been chosen so far; the answer is a boundary, or the next question.
  async file (file, chosen = {}) {
    const form = new FormData()
    form.append('file', file)
    for (const [name, value] of Object.entries(chosen)) form.append(name, value)
    const answer = await ask('/api/v1/drafts/starts/file', { method: 'POST', form })
    const choice = byId('file-choice')
    choice.hidden = !answer.choices
    if (answer.choices) {
      this.asked = { file, chosen, about: answer.choose }
      byId('start-pane').hidden = false
      byId('file-question').textContent = answer.choose === 'layer' ? `Which layer of ${file.name}?` : `Which of the ${answer.choices.length} in ${file.name} is your area?`
      byId('choice').replaceChildren(...answer.choices.map(({ value, text }) => element('option', { value, text })))
      byId('choice').focus()
      this.say(answer.question)
      return
    }
    this.begin(answer, `Started from the file ${file.name}`)
    const notes = answer.read.findings.map(({ message }) => message)
    notice('file', `${file.name} was read as ${answer.read.format}. ${answer.read.crs_evidence} ${notes.join(' ')}`.trim())
    this.say(`${file.name} was read.`)
  }

  async choose () {
    const { file, chosen, about } = this.asked
    await this.file(file, { ...chosen, [about]: byId('choice').value })
  }
}
