// A file chosen, or dropped anywhere on the editor.
import { byId } from './panel.js'

export function listenToFiles (box, take) {
  const veil = byId('drop')
  byId('file').addEventListener('change', (event) => { const [file] = event.target.files; if (file) take(file) })
  for (const kind of ['dragenter', 'dragover']) {
    box.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return
      event.preventDefault()
      veil.hidden = false
    })
  }
  box.addEventListener('dragleave', (event) => { if (!box.contains(event.relatedTarget)) veil.hidden = true })
  box.addEventListener('drop', (event) => {
    event.preventDefault()
    veil.hidden = true
    const [file] = event.dataTransfer.files
    if (file) take(file)
  })
}
