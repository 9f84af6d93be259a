// A Leaflet map that stands on the British grid: a "latitude" is a northing and a "longitude" an easting, in metres.
// So what is drawn needs no transformation at all, and a point keeps every digit that it came with.
/* global L */

const METRES_AT_ZOOM_0 = 4096
export const MOST_ZOOM = 17
const STEPS_M = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000]
const MOST_LINES = 8
const ROOM = { easting: 56, northing: 28 }
const ENGLAND = [80000, 5000, 660000, 660000]

export const toLatLng = ([easting, northing]) => L.latLng(northing, easting)
export const toPoint = (latlng) => [latlng.lng, latlng.lat]
export const shown = (feature, options) => L.geoJSON(feature, { coordsToLatLng: toLatLng, ...options })

const BRITISH_GRID = () => L.extend({}, L.CRS.Simple, {
  scale: (zoom) => 2 ** zoom / METRES_AT_ZOOM_0,
  zoom: (scale) => Math.log2(scale * METRES_AT_ZOOM_0)
})

// The grid is the ground; a base map, where there is one, is laid under it by `base-map.js`.
export function gridMap (canvas) {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = L.map(canvas, {
    crs: BRITISH_GRID(),
    zoomControl: false,
    attributionControl: false,
    maxZoom: MOST_ZOOM,
    minZoom: 1,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 120,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    doubleClickZoom: false,
    keyboard: false
  })
  L.control.zoom({ zoomInTitle: 'Zoom in', zoomOutTitle: 'Zoom out', position: 'topright' }).addTo(map)
  L.control.scale({ imperial: false, position: 'bottomright' }).addTo(map)
  for (const [name, height] of [['grid', 250], ['layers', 300], ['land', 420], ['overlaps', 430], ['handles', 640]]) {
    map.createPane(name).style.zIndex = height
  }
  drawGridWhenMoved(map, canvas)
  return map
}

export function showBounds (map, bounds, options) {
  const [west, south, east, north] = bounds ?? ENGLAND
  map.fitBounds([toLatLng([west, south]), toLatLng([east, north])], { padding: [30, 30], animate: false, ...options })
}

// Metres that one pixel stands for in the middle of the map.
export function metresPerPixel (map) {
  const middle = map.getSize().divideBy(2)
  const [a, b] = [middle, middle.add([100, 0])].map((pixel) => toPoint(map.containerPointToLatLng(pixel)))
  return Math.hypot(a[0] - b[0], a[1] - b[1]) / 100
}

// West, south, east, north of what the map shows, with a margin as a share of its size.
export function windowOf (map, margin = 0) {
  const size = map.getSize()
  const corners = [[0, 0], [size.x, 0], [size.x, size.y], [0, size.y]]
    .map((pixel) => toPoint(map.containerPointToLatLng(L.point(pixel))))
  const [es, ns] = [corners.map(([e]) => e), corners.map(([, n]) => n)]
  const [west, east, south, north] = [Math.min(...es), Math.max(...es), Math.min(...ns), Math.max(...ns)]
  const [wide, high] = [(east - west) * margin, (north - south) * margin]
  return [west - wide, south - high, east + wide, north + high].map(Math.round)
}

// Marks a place that was found: {easting, northing}; null takes the mark away.
export function markPlace (map) {
  const mark = L.circleMarker([0, 0], { pane: 'overlaps', radius: 11, className: 'fm-found-place', weight: 4, interactive: false, pmIgnore: true })
  return (place) => {
    mark.remove()
    if (place) mark.setLatLng(toLatLng([place.easting, place.northing])).addTo(map)
  }
}

function drawGridWhenMoved (map, canvas) {
  const labels = document.createElement('div')
  labels.className = 'fm-grid-labels'
  labels.setAttribute('aria-hidden', 'true')
  canvas.append(labels)
  const lines = L.layerGroup([], { pane: 'grid' }).addTo(map)
  const renderer = L.svg({ pane: 'grid', padding: 0 })
  map.on('moveend', () => {
    const [west, south, east, north] = windowOf(map)
    const reach = Math.max(east - west, north - south)
    const step = STEPS_M.find((each) => reach / each <= MOST_LINES) ?? STEPS_M[STEPS_M.length - 1]
    lines.clearLayers()
    labels.replaceChildren()
    const draw = (from, to) => L.polyline([toLatLng(from), toLatLng(to)], {
      pane: 'grid', renderer, interactive: false, pmIgnore: true, className: 'fm-grid-line', weight: 1
    }).addTo(lines)
    for (let e = Math.ceil(west / step) * step; e <= east; e += step) {
      draw([e, south], [e, north])
      label(map, labels, 'easting', [e, south], e, step)
    }
    for (let n = Math.ceil(south / step) * step; n <= north; n += step) {
      draw([west, n], [east, n])
      label(map, labels, 'northing', [west, n], n, step)
    }
  })
}

function label (map, labels, axis, point, metres, step) {
  const [size, at] = [map.getSize(), map.latLngToContainerPoint(toLatLng(point))]
  const [along, length] = axis === 'easting' ? [at.x, size.x - 110] : [at.y, size.y - 28]
  if (along < ROOM[axis] || along > length) return
  const made = document.createElement('span')
  made.className = `fm-grid-label fm-grid-label--${axis}`
  const text = step >= 1000 ? `${metres / 1000} km` : `${metres.toLocaleString('en-GB')} m`
  made.textContent = `${text} ${axis === 'easting' ? 'E' : 'N'}`
  if (axis === 'easting') made.style.left = `${at.x}px`
  else made.style.top = `${at.y}px`
  labels.append(made)
}
