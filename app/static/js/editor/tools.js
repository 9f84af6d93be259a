// What a click on the map means: one tool at a time. The cross in the middle with Enter is a click as well.
import { pathBetween } from './follow.js'
import { metresPerPixel, toPoint } from './grid-map.js'
import { inserted, lineToGeoJSON, moved, nearestEdge, nearestPoint, pointAt, polygonToGeoJSON, removed, toGeoJSON, toMillimetre, fromGeoJSON, withPart, withSection } from './model.js'
import { gridReference } from './places.js'
import { ask } from './asking.js'

const HOLD_PX = 16
export const HINTS = {
  select: 'Click a point to choose it, then click where it belongs. You can also drag it.',
  insert: 'Click on the line where a new point should go.',
  follow: 'Click where the boundary should begin to follow a neighbour’s line, then where it should leave it.',
  draw: 'Click corner after corner. Click the first corner again, or press Finish, to close the shape.',
  cut: 'Draw round the land to take away. In the middle it makes a hole, at the edge a bite.',
  split: 'Draw a line right across the area, from outside to outside, then press Finish.',
  parts: 'Click a place to add it. Click inside your area to take that place away.'
}

export class Tools {
  constructor ({ editor, map, layers, canvas, pen, say, fail, pieces }) {
    Object.assign(this, { editor, map, layers, canvas, pen, say, fail, pieces })
    this.tool = 'select'
    this.snapping = true
    this.reachPx = 15
    this.partKind = 'parish'
    map.on('click', (event) => this.click(toPoint(event.latlng)))
  }

  use (tool) {
    this.tool = tool
    this.from = null
    this.editor.choose(null)
    if (['draw', 'cut', 'split'].includes(tool)) this.pen.start(tool === 'split' ? 'Line' : 'Polygon')
    else this.pen.stop()
    this.canvas.use(tool)
    if (tool === 'parts' && !this.layers.isOn(this.partKind)) this.layers.switch(this.partKind, true)
  }

  // A place on a neighbour's line within reach; null where there is none or snapping is off.
  snap (point) {
    return this.snapping ? this.layers.snapping.nearest(point, this.reachPx * metresPerPixel(this.map)) : null
  }

  snapped (point) {
    const near = this.snap(point)
    if (!near) return toMillimetre(point)
    return near.kind === 'corner' ? near.point : toMillimetre(near.point)
  }

  click (point) {
    if (this.pen.isDrawing) return
    const act = { select: this.select, insert: this.insert, follow: this.follow, parts: this.pick }[this.tool]
    act?.call(this, point)
  }

  // A click at the cross or a typed place: into the drawing, or as a click of the tool.
  place (point) {
    if (this.pen.isDrawing) this.pen.place(point)
    else this.click(point)
  }

  select (point) {
    const { editor } = this
    const hold = HOLD_PX * metresPerPixel(this.map)
    const near = nearestPoint(editor.boundary, point)
    if (near && near.away <= hold && !editor.chosen) { editor.choose(near); return }
    if (editor.chosen) this.moveChosen(this.snapped(point), false)
    else this.say('There is no point here. Click nearer to one, or zoom in.')
  }

  // Moves the chosen point; keeps it chosen where more steps are likely.
  moveChosen (point, keep = true) {
    const { editor } = this
    const at = editor.chosen
    const before = at && pointAt(editor.boundary, at)
    if (!before) { this.say('Choose a point first.'); return }
    editor.change(moved(editor.boundary, at, point), `Point ${at.index + 1} moved to ${gridReference(point)}`, { chosen: keep ? at : null })
    if (!keep) editor.choose(null)
  }

  nudge (east, north) {
    const point = this.editor.chosen && pointAt(this.editor.boundary, this.editor.chosen)
    if (!point) { this.say('Choose a point first.'); return }
    this.moveChosen(toMillimetre([point[0] + east, point[1] + north]))
  }

  insert (point) {
    const { editor } = this
    const edge = nearestEdge(editor.boundary, point)
    if (!edge) { this.say('Nothing is drawn yet: draw a part first.'); return }
    const near = this.snap(point)
    const place = near ? this.snapped(point) : toMillimetre(edge.away <= HOLD_PX * metresPerPixel(this.map) ? edge.on : point)
    const at = { part: edge.part, ring: edge.ring, index: edge.index }
    editor.change(inserted(editor.boundary, at, place), `Point added at ${gridReference(place)}`, { chosen: at })
  }

  // A point typed: the chosen one goes there, or a new one is put into the nearest line.
  put (point) {
    if (this.pen.isDrawing) this.pen.put(toMillimetre(point))
    else if (this.editor.chosen) this.moveChosen(toMillimetre(point))
    else if (this.tool === 'insert') this.insert(point)
    else this.say('Choose a point to move, or the tool “Add points” or “Draw a part”, first.')
  }

  remove () {
    const { editor } = this
    const at = editor.chosen
    if (!at) { this.say('Choose a point first.'); return }
    const { length } = editor.boundary[at.part][at.ring]
    const next = length > 3 ? { ...at, index: Math.max(0, at.index - 1) } : null
    const what = length > 3 ? `Point ${at.index + 1} deleted` : `${at.ring ? 'Hole' : 'Part'} deleted with its last points`
    editor.change(removed(editor.boundary, at), what, { chosen: next })
  }

  follow (point) {
    const near = this.snap(point)
    if (!near) { this.say('There is no line within reach here. Click nearer to one, or zoom in.'); return }
    if (!this.from) {
      this.from = near
      this.say(`From ${gridReference(near.point)} on the line of ${near.feature.name}. Now click where to leave it.`)
      return
    }
    const path = pathBetween(this.from, near)
    this.from = null
    if (!path) { this.say('The two places are on different lines: begin again, and click the same line twice.'); return }
    this.replaceBy(path, near.feature.name)
  }

  replaceBy (path, name) {
    const { editor } = this
    const first = nearestPoint(editor.boundary, path[0])
    if (!first) { editor.change([[path]], `Line of ${name} followed`); return }
    const ring = editor.boundary[first.part][first.ring]
    const one = [[ring]]
    const last = nearestPoint(one, path[path.length - 1])
    if (first.index === last.index) { this.say('Both places are nearest to the same point: zoom in, or add points first.'); return }
    const made = withSection(ring, first.index, last.index, path)
    const parts = editor.boundary.map((part, of) => part.map((each, at) => (of === first.part && at === first.ring ? made : each)))
    editor.change(parts, `Boundary follows the line of ${name} for ${path.length} points`)
  }

  async pick (point) {
    const feature = this.layers.placeAt(this.partKind, point)
    if (!feature) { this.say('There is nothing of that kind here: zoom in, or choose another kind.'); return }
    await this.guarded(() => this.toggle(feature, point))
  }

  // Parts that make up the whole boundary stay a list, so that it is known to be official; else land is added or taken.
  async toggle (feature) {
    const { editor } = this
    const { code, name, kind } = feature.properties
    const facts = editor.start.facts
    const parts = editor.boundary.length === 0 ? [] : editor.start.kind === 'parts' && editor.isWhole ? facts.parts : null
    if (parts) {
      const others = parts.filter((each) => !(each.kind === kind && each.code === code))
      const wanted = others.length < parts.length ? others : [...parts, { kind, code }]
      await this.startFrom(wanted, others.length < parts.length ? `${name} taken away` : `${name} added`)
      return
    }
    const inside = await this.reshape(this.holds(feature) ? 'take-away' : 'add', feature.geometry)
    editor.change(inside, `${name} ${this.holds(feature) ? 'taken away' : 'added'}`)
  }

  // Whether most of a place lies in the area already, judged at its corners' middle and the click alike.
  holds (feature) {
    const ring = fromGeoJSON(feature.geometry)[0][0]
    const inside = ring.filter((point) => nearestPoint(this.editor.boundary, point)?.away < 0.001).length
    return inside > ring.length / 2
  }

  async startFrom (parts, what) {
    const { editor } = this
    if (!parts.length) { editor.change([], what); return }
    const found = await ask('/api/v1/drafts/starts/parts', { method: 'POST', body: { parts: parts.map(({ kind, code, authority_code: council }) => ({ kind, code, ...(council ? { authority_code: council } : {}) })) } })
    editor.whole = fromGeoJSON(found.boundary)
    editor.change(editor.whole, what, { start: found.start })
    editor.suggest?.(found.name)
  }

  async reshape (operation, shape) {
    const body = { operation, boundary: toGeoJSON(this.editor.boundary), ...(shape ? { shape } : {}) }
    const answer = await ask('/api/v1/drafts/reshape', { method: 'POST', body })
    return answer.pieces ? answer.pieces.map(fromGeoJSON) : fromGeoJSON(answer.boundary)
  }

  // A shape that the pen finished.
  async drawn (points, shape) {
    await this.guarded(async () => {
      const { editor, tool } = this
      if (shape === 'Line') this.pieces(await this.reshape('split', lineToGeoJSON(points)))
      else if (tool === 'cut') editor.change(await this.reshape('take-away', polygonToGeoJSON(points)), 'Land cut out')
      else if (this.joins && editor.boundary.length) editor.change(await this.reshape('add', polygonToGeoJSON(points)), 'Land added')
      else editor.change(withPart(editor.boundary, points), editor.boundary.length ? 'Part drawn' : 'Area drawn')
    })
    this.use('select')
  }

  async merge () {
    await this.guarded(async () => this.editor.change(await this.reshape('merge'), 'Parts joined'))
  }

  async guarded (work) {
    try { await work() } catch (error) { this.fail(error) }
  }
}
