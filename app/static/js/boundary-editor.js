// The boundary editor: puts the pieces together and listens to the page.
import { ask } from './editor/asking.js'
import { Canvas } from './editor/canvas.js'
import { Editor } from './editor/editor.js'
import { gridMap, showBounds, toLatLng, toPoint } from './editor/grid-map.js'
import { LAYERS, Layers } from './editor/layers.js'
import { boundsOf, countOf, pointAt } from './editor/model.js'
import { button, byId, element, notice, say, showVerdict, showWaiting } from './editor/panel.js'
import { Pen } from './editor/pen.js'
import { gridReference, readPlace } from './editor/places.js'
import { Points } from './editor/points.js'
import { Saving } from './editor/saving.js'
import { Starts } from './editor/starts.js'
import { openStore } from './editor/store.js'
import { HINTS, Tools } from './editor/tools.js'
import { Verdict } from './editor/verdict.js'

const PAN_PX = 40
const KINDS = ['parish', 'ward', 'polling-district', 'output-area']

async function start () {
  const box = byId('editor')
  const facts = box.dataset
  const mapBox = byId('map')
  const map = gridMap(mapBox)
  mapBox.tabIndex = 0
  // For tests, and for whoever looks from the console: where a grid point is on the screen, and the boundary as it is.
  mapBox.whereIs = (point) => { const { x, y } = map.latLngToContainerPoint(toLatLng(point)); const { left, top } = mapBox.getBoundingClientRect(); return [left + mapBox.clientLeft + x, top + mapBox.clientTop + y] }
  mapBox.boundary = () => editor.boundary
  showBounds(map, facts.home ? facts.home.split(',').map(Number) : null)

  const fail = (error) => {
    notice('problem', error.message, button('Close', () => notice('problem', '')))
    say(error.message)
  }
  const store = await openStore().catch(() => null)
  const editor = new Editor(store)
  const verdict = new Verdict({
    applicant: facts.applicant,
    tell: (answer) => { showVerdict(answer); canvas.showOverlaps(answer?.overlaps ?? []); notice('connection', '') },
    fail: (error) => { notice('connection', error.message) }
  })
  const layers = new Layers(map, { fail: (error) => notice('connection', error.message) })
  let tools = null
  const canvas = new Canvas(map, editor, {
    snapped: (point) => tools.snapped(point),
    preview: (boundary) => verdict.about(boundary),
    drop: (at, point) => { editor.choose(at); tools.moveChosen(point, true) }
  })
  const pen = new Pen(map, {
    snap: (point) => tools.snap(point),
    finished: (points, shape) => tools.drawn(points, shape).then(showTool),
    changed: () => { byId('drawing').hidden = !pen.isDrawing; box.querySelector('[data-act="finish"]').disabled = pen.points.length < (pen.shape === 'Line' ? 2 : 3) }
  })
  tools = new Tools({ editor, map, layers, canvas, pen, say, fail, pieces: showPieces })
  const points = new Points(editor, { typed, say, remove: () => tools.remove() })
  points.put = (point) => tools.moveChosen(point)

  const nameField = () => byId('draft-name')?.value.trim() || byId('draft-name')?.dataset.suggested || 'A boundary'
  const suggest = (name) => { const field = byId('draft-name'); if (field) { field.dataset.suggested = name; if (!field.value) field.value = name } }
  editor.suggest = suggest
  const saving = new Saving(editor, {
    reference: facts.draft,
    token: facts.formToken,
    mayKeep: facts.mayKeep === 'yes',
    name: nameField,
    canvas,
    fail,
    kept: async (draft) => {
      await editor.kept
      const old = editor.key
      editor.key = draft.reference
      editor.begin(editor.boundary, draft.start, { basedOn: 1 })
      await editor.kept
      await store?.forget(old)
      window.history.replaceState(null, '', `/apply/${draft.reference}/draw`)
      box.querySelector('.fm-editor__title').textContent = draft.name
      byId('draft-name')?.closest('.fm-editor__name').remove()
    }
  })
  const starts = new Starts(editor, { show: (bounds) => showBounds(map, bounds), say, fail, suggest })

  function showPieces (pieces) {
    byId('split-pane').hidden = false
    const size = (piece) => piece[0][0].reduce((sum, [e, n], at, ring) => { const [f, m] = ring[(at + 1) % ring.length]; return sum + (e * m - f * n) }, 0) / 2
    byId('pieces').replaceChildren(...pieces.map((piece, index) => {
      const tick = element('input', { type: 'checkbox', value: index })
      tick.checked = index === 0
      tick.addEventListener('change', preview)
      return element('label', { className: 'fm-check' }, tick, ` Piece ${index + 1}, ${(Math.abs(size(piece)) / 10000).toFixed(1)} hectares`)
    }))
    byId('pieces').pieces = pieces
    preview()
    byId('pieces').querySelector('input').focus()
    say(`Split into ${pieces.length} pieces. Choose which stay.`)
  }
  const ticked = () => [...byId('pieces').querySelectorAll('input')].filter((each) => each.checked).flatMap((each) => byId('pieces').pieces[each.value])
  function preview () { canvas.showTheirs(ticked()) }

  // A place as it was typed, on the grid; says what is wrong and returns null where it is none.
  async function typed (text) {
    byId('place-error').textContent = ''
    const known = readPlace(text)
    if (known) return known
    try {
      const found = await ask(`/apply/place.json?text=${encodeURIComponent(text)}`)
      return [found.easting, found.northing]
    } catch (error) {
      byId('place-error').textContent = error.message
      byId('place').setAttribute('aria-invalid', 'true')
      return null
    }
  }

  function showTool () {
    for (const each of box.querySelectorAll('[data-tool]')) each.setAttribute('aria-pressed', String(each.dataset.tool === tools.tool))
    byId('hint').replaceChildren(HINTS[tools.tool])
    if (tools.tool === 'parts') byId('hint').append(' ', kindChoice())
    if (tools.tool === 'draw' || tools.tool === 'cut') byId('hint').append(' ', followChoice())
    mapBox.dataset.inHand = tools.tool
  }
  function kindChoice () {
    const select = element('select', { className: 'govuk-select fm-kind', 'aria-label': 'Kind of part' }, ...LAYERS.filter(({ kind }) => KINDS.includes(kind)).map(({ kind, name }) => element('option', { value: kind, text: name })))
    select.value = tools.partKind
    select.addEventListener('change', () => { tools.partKind = select.value; layers.switch(select.value, true); showLayers() })
    return select
  }
  function followChoice () {
    const tick = element('input', { type: 'checkbox' })
    tick.checked = pen.follows
    tick.addEventListener('change', () => { pen.follows = tick.checked })
    return element('label', { className: 'fm-check' }, tick, ' Follow a neighbour’s line between two clicks on it')
  }
  function showLayers () {
    byId('layers').replaceChildren(byId('layers').querySelector('legend'), ...LAYERS.map(({ kind, name }) => {
      const tick = element('input', { type: 'checkbox' })
      tick.checked = layers.isOn(kind)
      tick.addEventListener('change', () => layers.switch(kind, tick.checked))
      return element('label', { className: 'fm-check' }, tick, element('span', { className: `fm-key fm-key--${kind}`, 'aria-hidden': 'true' }), name)
    }))
  }

  const centre = () => toPoint(map.getCenter())
  const nudge = (east, north) => { const step = Number(byId('step').value); tools.nudge(east * step, north * step) }
  const guarded = (work) => Promise.resolve().then(work).catch(fail)
  const acts = {
    undo: () => (pen.isDrawing ? pen.back() : editor.undo()),
    redo: () => editor.redo(),
    delete: () => tools.remove(),
    merge: () => tools.merge(),
    save: () => saving.save(),
    finish: () => pen.finish(),
    back: () => pen.back(),
    cancel: () => { tools.use('select'); showTool() },
    north: () => nudge(0, 1),
    south: () => nudge(0, -1),
    west: () => nudge(-1, 0),
    east: () => nudge(1, 0),
    earlier: () => points.turn(-1),
    later: () => points.turn(1),
    choose: () => starts.choose(),
    'start-area': () => starts.area(byId('copy').value),
    'start-parts': () => { tools.use('parts'); showTool(); mapBox.scrollIntoView({ block: 'nearest' }) },
    'start-draw': () => { tools.use('draw'); showTool(); mapBox.scrollIntoView({ block: 'nearest' }) },
    'keep-pieces': () => {
      const kept = ticked()
      if (!kept.length) { say('Tick at least one piece to keep.'); return }
      acts['leave-pieces']()
      editor.change(kept, 'Area split')
    },
    'leave-pieces': () => { byId('split-pane').hidden = true; canvas.showTheirs(null) },
    'place-go': async () => { const point = await typed(byId('place').value); if (point) map.setView(toLatLng(point), Math.max(map.getZoom(), 12), { animate: false }) },
    'place-use': async () => { const point = await typed(byId('place').value); if (point) { tools.put(point); if (!map.getBounds().contains(toLatLng(point))) map.panTo(toLatLng(point), { animate: false }) } }
  }
  box.addEventListener('click', (event) => {
    const pressed = event.target.closest('[data-tool], [data-act]')
    if (!pressed) return
    if (pressed.dataset.tool) { tools.use(pressed.dataset.tool); showTool(); say(HINTS[tools.tool]) }
    else guarded(acts[pressed.dataset.act])
  })
  byId('place').addEventListener('keydown', (event) => { if (event.key === 'Enter') guarded(acts['place-use']) })
  byId('place').addEventListener('input', () => { byId('place').removeAttribute('aria-invalid'); byId('place-error').textContent = '' })
  byId('snapping').addEventListener('change', (event) => { tools.snapping = event.target.checked })
  byId('reach').addEventListener('change', (event) => { tools.reachPx = Number(event.target.value) })
  byId('file').addEventListener('change', (event) => { const [file] = event.target.files; if (file) guarded(() => starts.file(file)) })
  document.addEventListener('fm:show', ({ detail }) => map.setView(toLatLng(detail), Math.max(map.getZoom(), 12), { animate: false }))

  mapBox.addEventListener('keydown', (event) => {
    if (event.target.closest('.leaflet-control')) return
    const far = event.shiftKey ? 3 : 0.5
    const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key]
    const others = {
      Enter: () => tools.place(centre()),
      ' ': () => tools.place(centre()),
      Delete: () => tools.remove(),
      Backspace: () => (pen.isDrawing ? pen.back() : tools.remove()),
      Escape: () => { if (pen.isDrawing) acts.cancel(); else editor.choose(null) },
      '+': () => map.zoomIn(undefined, { animate: false }),
      '=': () => map.zoomIn(undefined, { animate: false }),
      '-': () => map.zoomOut(undefined, { animate: false }),
      n: () => { editor.chooseNext(1); followChosen() },
      p: () => { editor.chooseNext(-1); followChosen() }
    }[event.key]
    if (event.ctrlKey || event.metaKey) return
    if (moves && event.altKey) nudge(moves[0], -moves[1])
    else if (moves) map.panBy(moves.map((each) => each * PAN_PX * far * 2), { animate: false })
    else if (others && !event.altKey) others()
    else return
    event.preventDefault()
  })
  const followChosen = () => { const point = editor.chosen && pointAt(editor.boundary, editor.chosen); if (point) map.panTo(toLatLng(point), { animate: false }) }
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
    const act = { z: event.shiftKey ? 'redo' : 'undo', y: 'redo', s: 'save' }[event.key.toLowerCase()]
    if (act) { event.preventDefault(); guarded(acts[act]) }
  })
  for (const kind of ['dragenter', 'dragover']) box.addEventListener(kind, (event) => { event.preventDefault(); byId('drop').hidden = false })
  for (const kind of ['dragleave', 'drop']) box.addEventListener(kind, (event) => { if (kind === 'drop' || !box.contains(event.relatedTarget)) byId('drop').hidden = true })
  box.addEventListener('drop', (event) => { event.preventDefault(); const [file] = event.dataTransfer.files; if (file) guarded(() => starts.file(file)) })

  editor.addEventListener('say', ({ detail }) => say(detail))
  editor.addEventListener('change', ({ detail }) => {
    if (detail) say(detail)
    byId('count').textContent = countOf(editor.boundary).toLocaleString('en-GB')
    byId('start-pane').hidden = editor.boundary.length > 0
    box.querySelector('[data-act="undo"]').disabled = !editor.history.mayUndo && !pen.isDrawing
    box.querySelector('[data-act="redo"]').disabled = !editor.history.mayRedo
    box.querySelector('[data-act="merge"]').disabled = editor.boundary.length < 2
    showChosen()
    if (editor.boundary.length) showWaiting()
    verdict.about(editor.boundary)
  })
  function showChosen () {
    const point = editor.chosen && pointAt(editor.boundary, editor.chosen)
    byId('chosen').hidden = !point
    box.querySelector('[data-act="delete"]').disabled = !point
    if (point) byId('chosen-title').textContent = `Point ${editor.chosen.index + 1}: ${gridReference(point)}`
    return point
  }
  editor.addEventListener('choose', () => {
    const point = showChosen()
    if (point) say(`Point ${editor.chosen.index + 1} of ${editor.boundary[editor.chosen.part][editor.chosen.ring].length} chosen, at ${gridReference(point)}.`)
  })

  showTool()
  showLayers()
  layers.wait(0)
  const hasOwn = await editor.open(facts.draft || 'new').catch(() => false)
  const wanted = facts.start ? JSON.parse(facts.start) : null
  await guarded(async () => {
    if (facts.draft) await saving.load(hasOwn)
    else if (wanted?.parts) await starts.parts(wanted.parts)
    else if (wanted?.area) await starts.area(wanted.area)
    else if (facts.how) tell(facts.how)
  })
  if (editor.boundary.length) showBounds(map, boundsOf(editor.boundary))
  editor.tell('change')
  editor.tell('choose')
  box.dataset.ready = 'yes'

  function tell (how) {
    if (editor.boundary.length) { notice('kept', 'This is what you drew here before. Undo takes steps back.', button('Start afresh', () => { notice('kept', ''); editor.change([], 'Started afresh', { start: { kind: 'drawn', facts: {} } }) })); return }
    if (how === 'parts' || how === 'draw') { tools.use(how); showTool() }
    if (how === 'file') byId('file').focus()
    if (how === 'area') byId('copy').focus()
  }
}

start()
