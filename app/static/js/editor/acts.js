// What each button of the page does.
import { byId, say } from './panel.js'
import { lookAt, putThere, typed } from './typing.js'
import { HINTS } from './tools.js'

export function actsOf ({ map, mapBox, editor, tools, pen, points, pieces, starts, saving, choices, search, nudge }) {
  const begin = (tool) => { choices.use(tool); mapBox.scrollIntoView({ block: 'nearest' }) }
  const place = async (then) => { const point = await typed(byId('place').value); if (point) then(point) }
  return {
    undo: () => (pen.isDrawing ? pen.back() : editor.undo()),
    redo: () => editor.redo(),
    delete: () => tools.remove(),
    merge: () => tools.merge(),
    save: () => saving.save(),
    finish: () => pen.finish(),
    back: () => pen.back(),
    cancel: () => choices.use('select'),
    north: () => nudge(0, 1),
    south: () => nudge(0, -1),
    west: () => nudge(-1, 0),
    east: () => nudge(1, 0),
    earlier: () => points.turn(-1),
    later: () => points.turn(1),
    choose: () => starts.choose(),
    search: () => search.go(),
    'start-area': () => starts.area(byId('copy').value),
    'start-parts': () => begin('parts'),
    'start-draw': () => begin('draw'),
    'keep-pieces': () => pieces.keep(),
    'leave-pieces': () => pieces.leave(),
    'place-go': () => place((point) => lookAt(map, point)),
    'place-use': () => place((point) => putThere(map, tools, point))
  }
}

export function listenToButtons ({ box, acts, choices, tools, guarded }) {
  box.addEventListener('click', (event) => {
    const pressed = event.target.closest('[data-tool], [data-act]')
    if (pressed?.dataset.tool) { choices.use(pressed.dataset.tool); say(HINTS[tools.tool]) }
    else if (pressed) guarded(acts[pressed.dataset.act])
  })
  byId('place').addEventListener('keydown', (event) => { if (event.key === 'Enter') guarded(acts['place-use']) })
  byId('place').addEventListener('input', () => { byId('place').removeAttribute('aria-invalid'); byId('place-error').textContent = '' })
  byId('snapping').addEventListener('change', (event) => { tools.snapping = event.target.checked })
  byId('reach').addEventListener('change', (event) => { tools.reachPx = Number(event.target.value) })
}
