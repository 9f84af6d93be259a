// Official lines and current areas under the boundary: asked only for what the map shows, drawn on a canvas, and the
// lines that points snap to.
/* global L */
import { ask } from './asking.js'
import { metresPerPixel, toLatLng, windowOf } from './grid-map.js'
import { boundsOf, fromGeoJSON } from './model.js'
import { SnapIndex } from './snapping.js'

// From how many metres a pixel on a layer is worth drawing, and whether it is on at first.
export const LAYERS = [
  { kind: 'area', name: 'Current neighbourhood areas', on: true, until: Infinity },
  { kind: 'parish', name: 'Parishes', on: true, until: 150 },
  { kind: 'authority', name: 'Planning authorities', on: true, until: Infinity },
  { kind: 'ward', name: 'Wards', on: false, until: 80 },
  { kind: 'polling-district', name: 'Polling districts', on: false, until: 40 },
  { kind: 'output-area', name: 'Output areas', on: false, until: 10 }
]
const STYLES = {
  area: { color: '#1d5c9c', weight: 2, fill: true, fillColor: '#bcd9f2', fillOpacity: 0.45 },
  parish: { color: '#70786b', weight: 1.25, dashArray: '3 3', fill: false },
  authority: { color: '#3f463b', weight: 2, dashArray: '9 4 2 4', fill: false },
  ward: { color: '#7a4a8c', weight: 1.25, dashArray: '6 3', fill: false },
  'polling-district': { color: '#a35c00', weight: 1.25, dashArray: '2 4', fill: false },
  'output-area': { color: '#0b6570', weight: 1, dashArray: '1 3', fill: false }
}
const NAMED = ['area', 'parish']
const LEAST_NAMED_PX = 44
const MOST_NAMES = 60
const DELAY_MS = 150
const MARGIN = 0.4

export class Layers {
  constructor (map, { fail }) {
    Object.assign(this, { map, fail })
    this.renderer = L.canvas({ pane: 'layers', padding: 0.4 })
    this.layers = new Map(LAYERS.map((layer) => [layer.kind, { ...layer, group: L.layerGroup().addTo(map), features: [], exact: false, held: null }]))
    this.names = L.layerGroup().addTo(map)
    map.on('moveend', () => this.wait())
    map.on('moveend', () => this.drawNames())
  }

  switch (kind, on) {
    const layer = this.layers.get(kind)
    layer.on = on
    if (!on) this.empty(layer)
    this.wait(0)
  }

  isOn (kind) { return this.layers.get(kind).on }

  wait (delay = DELAY_MS) {
    clearTimeout(this.waiting)
    this.map.getContainer().dataset.layers = 'waiting'
    this.waiting = setTimeout(() => this.refresh(), delay)
  }

  async refresh () {
    const scale = metresPerPixel(this.map)
    await Promise.all([...this.layers.values()].map(async (layer) => {
      if (!layer.on || scale > layer.until) { this.empty(layer); return }
      if (layer.held && holds(layer.held.box, windowOf(this.map)) && (layer.exact || layer.held.scale <= scale)) return
      try { await this.load(layer, scale) } catch (error) { if (error.name !== 'AbortError') this.fail(error) }
    }))
    this.map.getContainer().dataset.layers = 'drawn'
  }

  async load (layer, scale) {
    layer.under?.abort()
    layer.under = new AbortController()
    const box = windowOf(this.map, MARGIN)
    const found = await ask(`/api/v1/drafts/layers/${layer.kind}?bbox=${box}`, { signal: layer.under.signal })
    layer.held = { box, scale }
    layer.exact = found.exact
    layer.features = found.features
    layer.group.clearLayers()
    const options = { renderer: this.renderer, pane: 'layers', interactive: false, pmIgnore: true, ...STYLES[layer.kind] }
    // Dashes of a whole county cannot be told apart and are slow to draw.
    if (!layer.exact) delete options.dashArray
    // Lines without land are one line to the canvas, however many places there are; land is filled place by place.
    const shapes = options.fill ? layer.features.map(lineOf) : [layer.features.flatMap(lineOf)]
    for (const shape of shapes) L.polygon(shape, options).addTo(layer.group)
    if (NAMED.includes(layer.kind)) for (const feature of layer.features) feature.bounds = boundsOf(fromGeoJSON(feature.geometry))
    this.drawNames()
  }

  empty (layer) {
    layer.under?.abort()
    if (!layer.held) return
    layer.group.clearLayers()
    Object.assign(layer, { features: [], held: null, exact: false })
    this.index = null
    this.drawNames()
  }

  // Names of current areas and parishes where there is room: in the window, wide enough to read, and not on another.
  drawNames () {
    this.names.clearLayers()
    const [west, south, east, north] = windowOf(this.map)
    const wide = LEAST_NAMED_PX * metresPerPixel(this.map)
    const taken = []
    for (const feature of NAMED.flatMap((kind) => this.layers.get(kind).features)) {
      const [left, foot, right, top] = feature.bounds
      const middle = [(left + right) / 2, (foot + top) / 2]
      if (right - left < wide || middle[0] < west || middle[0] > east || middle[1] < south || middle[1] > north) continue
      const at = this.map.latLngToContainerPoint(toLatLng(middle))
      if (taken.length >= MOST_NAMES || taken.some((other) => Math.abs(other.x - at.x) < 110 && Math.abs(other.y - at.y) < 26)) continue
      taken.push(at)
      const text = document.createElement('span')
      text.className = `fm-name__text fm-name__text--${feature.properties.kind}`
      text.textContent = feature.properties.name
      L.marker(toLatLng(middle), {
        pane: 'layers', interactive: false, keyboard: false, pmIgnore: true, icon: L.divIcon({ className: 'fm-name', html: text, iconSize: null })
      }).addTo(this.names)
    }
  }

  // The lines to snap to: those of the layers that are on and drawn with every corner.
  get snapping () {
    if (!this.index) {
      this.index = new SnapIndex()
      for (const layer of this.layers.values()) {
        if (!layer.exact) continue
        for (const feature of layer.features) {
          for (const part of fromGeoJSON(feature.geometry)) for (const ring of part) this.index.add(feature.properties, ring)
        }
      }
    }
    return this.index
  }

  // The place of a kind that a point lies in.
  placeAt (kind, point) {
    return this.layers.get(kind).features.find((feature) => covers(feature.geometry, point)) ?? null
  }
}

function lineOf (feature) {
  return fromGeoJSON(feature.geometry).flatMap((part) => part.map((ring) => ring.map(toLatLng)))
}

function holds (box, inner) {
  return box[0] <= inner[0] && box[1] <= inner[1] && box[2] >= inner[2] && box[3] >= inner[3]
}

// Whether a shape covers a point, by the even-odd rule over all its rings.
export function covers (shape, [e, n]) {
  let inside = false
  for (const part of fromGeoJSON(shape)) {
    for (const ring of part) {
      for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
        const [a, b] = [ring[at], ring[before]]
        if ((a[1] > n) !== (b[1] > n) && e < (b[0] - a[0]) * (n - a[1]) / (b[1] - a[1]) + a[0]) inside = !inside
      }
    }
  }
  return inside
}
