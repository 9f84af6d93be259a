// What the map shows of the boundary itself: its land, the points that can be taken hold of, and overlaps in place.
/* global L */
import { metresPerPixel, shown, toLatLng, toPoint, windowOf } from './grid-map.js'
import { moved, pointAt, ringsOf } from './model.js'

const MOST_HANDLES = 250
const ROOM_PX = 14

export class Canvas {
  constructor (map, editor, { snapped, preview, drop }) {
    Object.assign(this, { map, editor, snapped, preview, drop })
    this.land = L.polygon([], { pane: 'land', className: 'fm-land', weight: 3, interactive: false, pmIgnore: true }).addTo(map)
    this.overlaps = L.layerGroup().addTo(map)
    this.handles = L.layerGroup().addTo(map)
    this.ghost = L.polygon([], { pane: 'land', className: 'fm-theirs', weight: 3, interactive: false, pmIgnore: true }).addTo(map)
    this.tool = 'select'
    editor.addEventListener('change', () => this.draw())
    editor.addEventListener('choose', () => this.drawHandles())
    map.on('moveend', () => this.drawHandles())
  }

  draw () {
    this.land.setLatLngs(latLngs(this.editor.boundary))
    this.drawHandles()
  }

  use (tool) {
    this.tool = tool
    this.drawHandles()
  }

  // Points in the window with room between them; the chosen one always.
  drawHandles () {
    const hasFocus = this.map.getPane('handles').contains(document.activeElement)
    this.handles.clearLayers()
    if (!['select', 'insert'].includes(this.tool)) return
    const [west, south, east, north] = windowOf(this.map)
    const room = ROOM_PX * metresPerPixel(this.map)
    const cells = new Set()
    let shownHandles = 0
    for (const { at, ring } of ringsOf(this.editor.boundary)) {
      ring.forEach(([e, n], index) => {
        if (e < west || e > east || n < south || n > north || shownHandles >= MOST_HANDLES) return
        const place = { ...at, index }
        const cell = `${Math.floor(e / room)},${Math.floor(n / room)}`
        if (cells.has(cell) || this.isChosen(place)) return
        cells.add(cell)
        shownHandles += 1
        this.handle(place, [e, n], false)
      })
    }
    const point = this.editor.chosen && pointAt(this.editor.boundary, this.editor.chosen)
    if (point) {
      const handle = this.handle(this.editor.chosen, point, true)
      if (hasFocus) handle.getElement()?.focus({ preventScroll: true })
    }
  }

  isChosen (at) {
    const chosen = this.editor.chosen
    return chosen && chosen.part === at.part && chosen.ring === at.ring && chosen.index === at.index
  }

  handle (at, point, isChosen) {
    const dot = document.createElement('span')
    dot.className = 'fm-handle__dot'
    const handle = L.marker(toLatLng(point), {
      pane: 'handles',
      draggable: true,
      autoPan: true,
      keyboard: false,
      pmIgnore: true,
      bubblingMouseEvents: false,
      icon: L.divIcon({ className: isChosen ? 'fm-handle fm-handle--chosen' : 'fm-handle', html: dot, iconSize: [28, 28] })
    }).addTo(this.handles)
    handle.on('click', () => this.editor.choose(isChosen ? null : at))
    handle.on('drag', () => {
      const to = this.snapped(toPoint(handle.getLatLng()))
      handle.setLatLng(toLatLng(to))
      const boundary = moved(this.editor.boundary, at, to)
      this.land.setLatLngs(latLngs(boundary))
      this.preview(boundary)
    })
    handle.on('dragend', () => this.drop(at, this.snapped(toPoint(handle.getLatLng()))))
    return handle
  }

  showOverlaps (found) {
    this.overlaps.clearLayers()
    for (const each of found) {
      const width = `${each.name}: up to ${each.max_width_m < 10 ? each.max_width_m.toFixed(2) : Math.round(each.max_width_m)} m wide`
      const land = shown(each.land, {
        pane: 'overlaps', interactive: false, pmIgnore: true, style: { className: each.sliver ? 'fm-overlap fm-overlap--sliver' : 'fm-overlap', weight: 2 }
      }).addTo(this.overlaps)
      land.bindTooltip(width, { permanent: true, direction: 'center', className: 'fm-overlap__width', opacity: 1 })
      land.openTooltip(land.getBounds().getCenter())
    }
  }

  showTheirs (boundary) { this.ghost.setLatLngs(boundary ? latLngs(boundary) : []) }
}

export function latLngs (boundary) {
  return boundary.map((part) => part.map((ring) => ring.map(toLatLng)))
}
