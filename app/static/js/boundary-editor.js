// The boundary editor: puts the pieces together.
import { actsOf, listenToButtons } from './editor/acts.js'
import { baseMap } from './editor/base-map.js'
import { Canvas } from './editor/canvas.js'
import { Choices } from './editor/choices.js'
import { listenToFiles } from './editor/dropping.js'
import { Editor } from './editor/editor.js'
import { gridMap, markPlace, showBounds, toLatLng } from './editor/grid-map.js'
import { listenToKeys } from './editor/keys.js'
import { Layers } from './editor/layers.js'
import { openBoundary } from './editor/opening.js'
import { button, byId, notice, say, showVerdict } from './editor/panel.js'
import { Pen } from './editor/pen.js'
import { Pieces } from './editor/pieces.js'
import { Points } from './editor/points.js'
import { Saving } from './editor/saving.js'
import { Search } from './editor/search.js'
import { showStanding } from './editor/standing.js'
import { Starts } from './editor/starts.js'
import { openStore } from './editor/store.js'
import { Tools } from './editor/tools.js'
import { lookAt, putThere, typed } from './editor/typing.js'
import { Verdict } from './editor/verdict.js'

const box = byId('editor')
const mapBox = byId('map')
const facts = box.dataset

function fail (error) {
  notice('problem', error.message, button('Close', () => notice('problem', '')))
  say(error.message)
}
const guarded = (work) => Promise.resolve().then(work).catch(fail)
const unconnected = (error) => notice('connection', error.message)

// For tests, and for whoever looks from the console: where a grid point is on the screen, and the boundary as it is.
function lookIn (map, editor) {
  mapBox.whereIs = (point) => {
    const { x, y } = map.latLngToContainerPoint(toLatLng(point))
    const { left, top } = mapBox.getBoundingClientRect()
    return [left + mapBox.clientLeft + x, top + mapBox.clientTop + y]
  }
  mapBox.boundary = () => editor.boundary
  mapBox.map = map
}

async function start () {
  const map = gridMap(mapBox)
  mapBox.tabIndex = 0
  showBounds(map, facts.home ? facts.home.split(',').map(Number) : null)
  const store = await openStore().catch(() => null)
  const editor = new Editor(store)
  lookIn(map, editor)

  const verdict = new Verdict({
    applicant: facts.applicant,
    tell: (answer) => { showVerdict(answer); canvas.showOverlaps(answer?.overlaps ?? []); notice('connection', '') },
    fail: unconnected
  })
  const layers = new Layers(map, { fail: unconnected })
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
  const points = new Points(editor, { typed, say, put: (point) => tools.moveChosen(point), remove: () => tools.remove() })
  const choices = new Choices({ box, mapBox, tools, pen, layers, base })
  const starts = new Starts(editor, { show: (bounds) => showBounds(map, bounds), say, fail, suggest })
  editor.suggest = suggest
  const saving = new Saving(editor, {
    reference: facts.draft, token: facts.formToken, mayKeep: facts.mayKeep === 'yes', name: nameField, canvas, fail, kept: (draft) => becomeDraft(editor, draft)
  })
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
  const acts = actsOf({ map, mapBox, editor, tools, pen, points, pieces, starts, saving, choices, search, nudge })

  listenToButtons({ box, acts, choices, tools, guarded })
  listenToKeys({ mapBox, map, editor, tools, pen, acts, nudge, guarded })
  listenToFiles(box, (file) => guarded(() => starts.file(file)))
  document.addEventListener('fm:show', ({ detail }) => lookAt(map, detail))
  showStanding({ box, editor, pen, verdict })
  choices.show()
  choices.showLayers()
  layers.wait(0)
  await openBoundary({ facts, editor, saving, starts, choices, map, guarded })
  box.dataset.ready = 'yes'
}

function nameField () {
  return byId('draft-name')?.value.trim() || byId('draft-name')?.dataset.suggested || 'A boundary'
}

function suggest (name) {
  const field = byId('draft-name')
  if (!field) return
  field.dataset.suggested = name
  if (!field.value) field.value = name
}

// What this browser kept under no name goes on under the draft's own reference.
async function becomeDraft (editor, draft) {
  await editor.becomes(draft.reference)
  editor.set({ basedOn: 1 })
  window.history.replaceState(null, '', `/apply/${draft.reference}/draw`)
  box.querySelector('.fm-editor__title').textContent = draft.name
  byId('draft-name')?.closest('.fm-editor__name').remove()
}

start()
