// The boundary editor put together. The hands are the same for every purpose; the purpose says what is asked of a line,
// what is told of it, and how it is opened and kept.
import { actsOf, listenToButtons } from './acts.js'
import { baseMap } from './base-map.js'
import { Canvas } from './canvas.js'
import { Choices } from './choices.js'
import { listenToFiles } from './dropping.js'
import { Editor } from './editor.js'
import { gridMap, markPlace, showBounds, toLatLng } from './grid-map.js'
import { listenToKeys } from './keys.js'
import { Layers } from './layers.js'
import { button, byId, notice, say } from './panel.js'
import { Pen } from './pen.js'
import { Pieces } from './pieces.js'
import { Points } from './points.js'
import { Search } from './search.js'
import { showStanding } from './standing.js'
import { Starts } from './starts.js'
import { openStore } from './store.js'
import { Tools } from './tools.js'
import { lookAt, putThere, typed } from './typing.js'
import { Verdict } from './verdict.js'

export function fail (error) {
  notice('problem', error.message, button('Close', () => notice('problem', '')))
  say(error.message)
}
const guarded = (work) => Promise.resolve().then(work).catch(fail)
const unconnected = (error) => notice('connection', error.message)

// For tests, and for whoever looks from the console: where a grid point is on the screen, and the boundary as it is.
function lookIn (mapBox, map, editor) {
  mapBox.whereIs = (point) => {
    const { x, y } = map.latLngToContainerPoint(toLatLng(point))
    const { left, top } = mapBox.getBoundingClientRect()
    return [left + mapBox.clientLeft + x, top + mapBox.clientTop + y]
  }
  mapBox.boundary = () => editor.boundary
  mapBox.map = map
}

// A purpose has: question or applicant (what is asked of a line), tell (the answer), suggest (a name), keeper (how it is
// kept), open; and where it differs: acts, hands (what a tool does otherwise), layers and partKind.
export async function assemble (purpose) {
  const box = byId('editor')
  const mapBox = byId('map')
  const facts = box.dataset
  const map = gridMap(mapBox)
  mapBox.tabIndex = 0
  showBounds(map, facts.home ? facts.home.split(',').map(Number) : null)
  const store = await openStore().catch(() => null)
  const editor = new Editor(store)
  lookIn(mapBox, map, editor)

  const verdict = new Verdict({
    applicant: facts.applicant,
    ...(purpose.question ? { question: purpose.question } : {}),
    tell: (answer) => { purpose.tell(answer, canvas); notice('connection', '') },
    fail: unconnected
  })
  const layers = new Layers(map, { fail: unconnected })
  for (const kind of purpose.layers ?? []) layers.switch(kind, true)
  const base = baseMap(map, facts, { fail: unconnected })
  const canvas = new Canvas(map, editor, {
    snapped: (point) => tools.snapped(point),
    preview: (boundary) => verdict.about(boundary),
    drop: (at, point) => { editor.choose(at); tools.moveChosen(point, true) }
  })
  const pen = new Pen(map, {
    snap: (point) => tools.snap(point),
    finished: (points, shape) => tools.drawn(points, shape).then(() => choices.show()),
    changed: () => { byId('drawing').hidden = !pen.isDrawing; box.querySelector('[data-act="finish"]').disabled = pen.points.length < (pen.shape === 'Line' ? 2 : 3) }
  })
  const pieces = new Pieces(editor, canvas)
  const tools = new Tools({ editor, map, layers, canvas, pen, say, fail, pieces: (found) => pieces.ask(found) })
  Object.assign(tools, purpose.hands ?? {})
  const points = new Points(editor, { typed, say, put: (point) => tools.moveChosen(point), remove: () => tools.remove() })
  const choices = new Choices({ box, mapBox, tools, pen, layers, base })
  const starts = new Starts(editor, { show: (bounds) => showBounds(map, bounds), say, fail, suggest: purpose.suggest })
  editor.suggest = purpose.suggest
  const saving = purpose.keeper({ editor, canvas, facts })
  const mark = markPlace(map)
  const search = new Search({
    field: byId('search'),
    list: byId('found'),
    chosen: byId('found-one'),
    show: (place) => { mark(place); if (place) showBounds(map, place.bounds_bng) },
    put: (point) => putThere(map, tools, point),
    say,
    fail
  })
  const nudge = (east, north) => { const step = Number(byId('step').value); tools.nudge(east * step, north * step) }
  const parts = { facts, map, mapBox, editor, tools, pen, points, pieces, starts, saving, choices, search, nudge, guarded }
  const acts = { ...actsOf(parts), ...(purpose.acts?.(parts) ?? {}) }

  listenToButtons({ box, acts, choices, tools, guarded })
  listenToKeys({ mapBox, map, editor, tools, pen, acts, nudge, guarded })
  listenToFiles(box, (file) => guarded(() => starts.file(file)))
  document.addEventListener('fm:show', ({ detail }) => lookAt(map, detail))
  showStanding({ box, editor, pen, verdict })
  choices.show()
  choices.showLayers()
  layers.wait(0)
  await purpose.open(parts)
  box.dataset.ready = 'yes'
}
