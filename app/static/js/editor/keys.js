// Keys on the map: the arrows move it under the cross, Enter clicks at the cross; and the shortcuts of the whole page.
import { toLatLng, toPoint } from './grid-map.js'
import { pointAt } from './model.js'

const PAN_PX = 40
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

export function listenToKeys ({ mapBox, map, editor, tools, pen, acts, nudge, guarded }) {
  const click = () => tools.place(toPoint(map.getCenter()))
  const zoom = (by) => map.setZoom(map.getZoom() + by, { animate: false })
  const next = (by) => {
    editor.chooseNext(by)
    const point = editor.chosen && pointAt(editor.boundary, editor.chosen)
    if (point) map.panTo(toLatLng(point), { animate: false })
  }
  const others = {
    Enter: click,
    ' ': click,
    Delete: () => tools.remove(),
    Backspace: () => (pen.isDrawing ? pen.back() : tools.remove()),
    Escape: () => { if (pen.isDrawing) acts.cancel(); else editor.choose(null) },
    '+': () => zoom(0.5),
    '=': () => zoom(0.5),
    '-': () => zoom(-0.5),
    n: () => next(1),
    p: () => next(-1)
  }
  mapBox.addEventListener('keydown', (event) => {
    if (event.target.closest('.leaflet-control') || event.ctrlKey || event.metaKey) return
    const arrow = ARROWS[event.key]
    const other = others[event.key]
    if (arrow && event.altKey) nudge(arrow[0], -arrow[1])
    else if (arrow) map.panBy(arrow.map((each) => each * PAN_PX * (event.shiftKey ? 6 : 1)), { animate: false })
    else if (other && !event.altKey) other()
    else return
    event.preventDefault()
  })
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
    const act = { z: event.shiftKey ? 'redo' : 'undo', y: 'redo', s: 'save' }[event.key.toLowerCase()]
    if (act) { event.preventDefault(); guarded(acts[act]) }
  })
}
