// Drawing a new shape with Leaflet-Geoman, corner by corner: by mouse, by touch, and by whatever else places a point.
// Snapping is ours: a corner goes to a neighbour's very corner, every digit of it.
/* global L */
import { toLatLng, toPoint } from './grid-map.js'
import { pathBetween } from './follow.js'
import { toMillimetre } from './model.js'

const STYLE = { color: '#0b0c0c', weight: 3 }
const OPTIONS = {
  snappable: false,
  tooltips: false,
  allowSelfIntersection: true,
  templineStyle: STYLE,
  hintlineStyle: { ...STYLE, dashArray: '5 5' },
  pathOptions: { ...STYLE, pmIgnore: true }
}

export class Pen {
  constructor (map, { snap, finished, changed }) {
    Object.assign(this, { map, snap, finished, changed })
    this.shape = null
    this.follows = false
    // Ours come before Geoman's own listeners, which then take the point that we have set.
    map.on('click mousemove', (event) => this.isDrawing && this.steer(event))
    map.on('pm:create', ({ layer }) => this.create(layer))
    map.on('pm:drawend', () => { this.shape = null; this.changed() })
  }

  get isDrawing () { return this.shape !== null }
  get tip () { return this.map.pm.Draw[this.shape] }
  get points () { return this.isDrawing ? this.tip._layer.getLatLngs().map(toPoint) : [] }

  // shape: 'Polygon' or 'Line'.
  start (shape) {
    this.stop()
    this.map.pm.enableDraw(shape, OPTIONS)
    this.shape = shape
    this.last = null
    this.quieten()
    this.changed()
  }

  // Geoman's marks are for the eye: whoever uses keys has the cross, the typed place and the buttons.
  quieten () {
    for (const mark of this.isDrawing ? [this.tip._hintMarker, ...this.tip._markers] : []) {
      const icon = mark.getElement()
      for (const name of ['role', 'tabindex', 'title', 'alt']) icon?.removeAttribute(name)
      icon?.setAttribute('aria-hidden', 'true')
    }
  }

  stop () { if (this.isDrawing) this.map.pm.disableDraw() }

  // Where the next corner would go, as Geoman will take it.
  steer (event) {
    const near = this.snap(toPoint(event.latlng))
    const tip = this.tip
    if (event.type === 'click') {
      const way = this.follows && near ? pathBetween(this.last, near) : null
      this.last = near
      for (const point of way?.slice(1, -1) ?? []) this.add(point)
    }
    event.latlng = toLatLng(near ? near.point : toMillimetre(toPoint(event.latlng)))
    tip._hintMarker._snapped = false
    setTimeout(() => { this.quieten(); this.changed() })
  }

  // One more corner from the cross in the middle: as a click there would be.
  place (point) {
    const near = this.snap(point)
    const first = this.points[0]
    if (first && near && near.point[0] === first[0] && near.point[1] === first[1]) { this.finish(); return }
    this.map.fire('click', { latlng: toLatLng(point) })
  }

  // One more corner exactly here: a typed place.
  put (point) {
    this.last = null
    this.add(point)
    this.quieten()
    this.changed()
  }

  add (point) {
    const latlng = toLatLng(point)
    this.tip._hintMarker._snapped = false
    this.tip._createVertex({ latlng })
  }

  back () {
    if (this.points.length > 1) this.tip._removeLastVertex()
    else { const { shape } = this; this.stop(); this.start(shape) }
    this.last = null
    this.changed()
  }

  finish () { this.tip._finishShape() }

  create (layer) {
    const corners = layer.getLatLngs()
    layer.remove()
    const points = (Array.isArray(corners[0]) ? corners[0] : corners).map(toPoint)
    const { shape } = this
    setTimeout(() => this.finished(points, shape))
  }
}
