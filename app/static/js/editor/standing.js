// What the page says of the boundary as it stands: its points, the one that is chosen, and which buttons do something.
import { countOf, pointAt } from './model.js'
import { byId, say, showWaiting } from './panel.js'
import { gridReference } from './places.js'

export function showStanding ({ box, editor, pen, verdict }) {
  const usable = (act, is) => { box.querySelector(`[data-act="${act}"]`).disabled = !is }
  const chosen = () => {
    const point = editor.chosen && pointAt(editor.boundary, editor.chosen)
    byId('chosen').hidden = !point
    usable('delete', point)
    if (point) byId('chosen-title').textContent = `Point ${editor.chosen.index + 1}: ${gridReference(point)}`
    return point
  }
  editor.addEventListener('say', ({ detail }) => say(detail))
  editor.addEventListener('change', ({ detail }) => {
    if (detail) say(detail)
    byId('count').textContent = countOf(editor.boundary).toLocaleString('en-GB')
    byId('start-pane').hidden = editor.boundary.length > 0
    usable('undo', editor.history.mayUndo || pen.isDrawing)
    usable('redo', editor.history.mayRedo)
    usable('merge', editor.boundary.length > 1)
    chosen()
    if (editor.boundary.length) showWaiting()
    verdict.about(editor.boundary)
  })
  editor.addEventListener('choose', () => {
    const point = chosen()
    if (!point) return
    const { part, ring, index } = editor.chosen
    say(`Point ${index + 1} of ${editor.boundary[part][ring].length} chosen, at ${gridReference(point)}.`)
  })
}
