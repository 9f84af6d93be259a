// Maps of areas: our own GeoJSON over the British National Grid and faint official outlines. No foreign address is
// asked unless the deployment names a base map.
/* global L */

const OUTLINE_FROM_ZOOM = 9
const MOST_ZOOM = 18
const DELAY_MS = 150
const SHEET_WIDTH = 640

async function geojson (address) {
  const answer = await fetch(address, { headers: { Accept: 'application/geo+json' } })
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

function element (tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

function link (text, address) {
  const made = element('a', 'govuk-link', text)
  made.href = address
  return made
}

// What a click opens: the area's name and status, and the way to ask about the very point, or to comment on it.
function popupContent (properties, latlng, { ask, askWords, on }) {
  const box = element('div', 'fm-popup')
  if (properties) {
    const name = element('p', 'fm-popup__name')
    name.append(properties.page ? link(properties.title || properties.name, properties.page) : properties.name)
    box.append(name, element('p', 'fm-popup__status', properties.status))
    if (properties.line) box.append(element('p', 'fm-popup__line', properties.line))
  }
  if (ask) {
    const day = on ? `&on=${on}` : ''
    const place = `${latlng.lat.toFixed(6)},${latlng.lng.toFixed(6)}`
    const asking = element('p', 'fm-popup__ask')
    asking.append(link(askWords || 'What applies at this point?', `${ask}?point=${encodeURIComponent(place)}${day}`))
    box.append(asking)
  }
  return box
}

// A WMTS template names level, column and row in its own way.
function withPlainNames (template) {
  return template.replace(/\{TileMatrix\}/i, '{z}').replace(/\{TileCol\}/i, '{x}').replace(/\{TileRow\}/i, '{y}')
}

function windowOf (map) {
  const bounds = map.getBounds()
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(6)).join(',')
}

// The label of a grid line stands where the line meets the edge of the map: eastings at the foot, northings at the left.
function edgePoint (map, line, axis) {
  const size = map.getSize()
  const points = line.geometry.coordinates.map(([lng, lat]) => map.latLngToContainerPoint([lat, lng]))
  for (let at = 1; at < points.length; at++) {
    const [a, b] = [points[at - 1], points[at]]
    const key = axis === 'easting' ? 'y' : 'x'
    const edge = axis === 'easting' ? size.y : 0
    if ((a[key] - edge) * (b[key] - edge) <= 0 && a[key] !== b[key]) {
      const share = (edge - a[key]) / (b[key] - a[key])
      return L.point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
    }
  }
  return null
}

const LABEL_ROOM = { easting: 56, northing: 28 }
const LETTER_WIDTH = 7
const SCALE_BAR_ROOM = 110

function drawGrid (map, layer, labels, found) {
  layer.clearLayers()
  labels.replaceChildren()
  layer.addData(found)
  const size = map.getSize()
  let labelled = 0
  for (const line of found.features) {
    const { axis, label } = line.properties
    const place = edgePoint(map, line, axis)
    if (!place) continue
    const room = LABEL_ROOM[axis]
    const along = axis === 'easting' ? place.x : place.y
    const length = axis === 'easting' ? size.x : size.y
    const from = axis === 'easting' ? room : room * 3
    const until = axis === 'easting' ? length - SCALE_BAR_ROOM : length - room
    if (along < from || along > until) continue
    if (axis === 'easting') {
      const half = (label.length * LETTER_WIDTH) / 2
      if (along - half < labelled) continue
      labelled = along + half + LETTER_WIDTH
    }
    const made = element('span', `fm-grid-label fm-grid-label--${axis}`, label)
    if (axis === 'easting') made.style.left = `${place.x}px`
    else made.style.top = `${place.y}px`
    labels.append(made)
  }
}

// Names are drawn largest area first; one that would lie on another, or reach out of the map, is left out.
function placeNames (map, names) {
  const taken = []
  const frame = map.getContainer().getBoundingClientRect()
  for (const name of names) {
    const shown = name.getElement()
    if (!shown) continue
    shown.classList.remove('fm-name--hidden')
    const box = shown.getBoundingClientRect()
    const outside = box.left < frame.left + 2 || box.right > frame.right - 2 || box.top < frame.top + 2 || box.bottom > frame.bottom - 20
    const meets = taken.some((other) => box.left < other.right + 2 && box.right > other.left - 2 && box.top < other.bottom && box.bottom > other.top)
    if (meets || outside) shown.classList.add('fm-name--hidden')
    else taken.push(box)
  }
}

function spread (layer) {
  const bounds = layer.getBounds()
  return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth())
}

function highlight (map, layers) {
  for (const card of document.querySelectorAll('[data-reference]')) {
    const layer = layers.get(card.dataset.reference)
    const path = layer && layer.getElement()
    if (!path) continue
    for (const [kind, on] of [['mouseenter', true], ['mouseleave', false], ['focusin', true], ['focusout', false]]) {
      card.addEventListener(kind, () => path.classList.toggle('fm-area--lit', on))
    }
    layer.on('mouseover', () => card.classList.add('fm-card--lit'))
    layer.on('mouseout', () => card.classList.remove('fm-card--lit'))
  }
}

// Where the answer says so, the map begins with a part of what it draws: west, south, east, north.
function seenFirst ({ seen_first: sides }) {
  return sides && [[sides[1], sides[0]], [sides[3], sides[2]]]
}

// What would be too small to see is marked by a dot that keeps its size.
function dotOf (layer) {
  const { standing } = layer.feature.properties
  return L.circleMarker(layer.getBounds().getCenter(), { radius: 7, weight: 2, className: `fm-dot fm-area--${standing}` })
}

// What a list says of a place, the map beside it shows: a link brings the map to the place and says so.
function showOnRequest (map, canvas, layers, say) {
  for (const asked of document.querySelectorAll('[data-show]')) {
    const shown = asked.dataset.show.split(' ').map((reference) => layers.get(reference)).filter(Boolean)
    if (!shown.length) continue
    asked.addEventListener('click', (event) => {
      event.preventDefault()
      const bounds = shown.reduce((all, layer) => all.extend(layer.getBounds()), L.latLngBounds([]))
      map.fitBounds(bounds.pad(0.5), { maxZoom: MOST_ZOOM, animate: false })
      for (const layer of layers.values()) layer.getElement().classList.toggle('fm-area--shown', shown.includes(layer))
      canvas.scrollIntoView({ block: 'nearest' })
      canvas.focus({ preventScroll: true })
      say(`The map shows ${asked.dataset.showWords}.`)
    })
  }
}

async function drawAreas (map, canvas) {
  const { features: address, ask } = canvas.dataset
  const found = await geojson(address)
  const layers = new Map()
  const wide = L.geoJSON(found, {
    style: (feature) => ({ className: `fm-area fm-area--${feature.properties.standing}`, weight: 2 }),
    onEachFeature: (feature, layer) => {
      layers.set(feature.properties.reference, layer)
      if (feature.properties.page || ask) layer.bindPopup('', { minWidth: 180, maxWidth: 240 })
    }
  }).addTo(map)
  // A map without a view cannot say where a shape's centre is.
  map.fitBounds(seenFirst(found) ?? wide.getBounds(), { padding: [28, 28], animate: false })
  wide.eachLayer((layer) => {
    layer.on('click', (event) => {
      L.DomEvent.stopPropagation(event)
      layer.setPopupContent(popupContent(layer.feature.properties, event.latlng, canvas.dataset))
    })
    if (layer.feature.properties.is_dot) dotOf(layer).addTo(map).on('click', (event) => layer.fire('click', event))
  })
  const largestFirst = [...wide.getLayers()].sort((a, b) => spread(b) - spread(a))
  const names = largestFirst.map((layer) => L.marker(layer.getCenter(), {
    icon: L.divIcon({ className: 'fm-name', html: element('span', 'fm-name__text', layer.feature.properties.name), iconSize: null }),
    interactive: false,
    keyboard: false
  }).addTo(map))
  return { wide, layers, names }
}

function start (canvas) {
  const status = canvas.parentElement.querySelector('.fm-map__status')
  const { ask, on, point, grid, outlines, baseMap, baseMapAttribution } = canvas.dataset
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = L.map(canvas, {
    zoomControl: false, attributionControl: Boolean(baseMap), maxZoom: MOST_ZOOM, zoomSnap: 0.25, zoomDelta: 0.5,
    scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still
  })
  L.control.zoom({ zoomInTitle: 'Zoom in', zoomOutTitle: 'Zoom out', position: 'topright' }).addTo(map)
  L.control.scale({ imperial: false, position: 'bottomright' }).addTo(map)
  if (map.attributionControl) map.attributionControl.setPrefix(false)
  if (baseMap) L.tileLayer(withPlainNames(baseMap), { attribution: baseMapAttribution, maxZoom: MOST_ZOOM }).addTo(map)
  map.createPane('grid').style.zIndex = 250
  map.createPane('outlines').style.zIndex = 300
  const labels = element('div', 'fm-grid-labels')
  labels.setAttribute('aria-hidden', 'true')
  canvas.append(labels)
  const gridLayer = L.geoJSON(null, { pane: 'grid', interactive: false, style: { className: 'fm-grid-line', weight: 1 } }).addTo(map)
  const outlineLayers = outlines.split(' ').map((address) => ({
    address,
    layer: L.geoJSON(null, { pane: 'outlines', interactive: false, style: (feature) => ({ className: `fm-outline fm-outline--${feature.properties.kind}`, weight: 1, fill: false }) }).addTo(map)
  }))
  let names = []
  let turn = 0
  const day = on ? `&on=${on}` : ''

  let gridShown = null

  async function drawUnder () {
    const mine = ++turn
    const seen = windowOf(map)
    const lines = await geojson(`${grid}?bbox=${seen}`)
    if (mine !== turn) return
    gridShown = lines
    drawGrid(map, gridLayer, labels, lines)
    if (map.getZoom() < OUTLINE_FROM_ZOOM) return
    for (const { address, layer } of outlineLayers) {
      const found = await geojson(`${address}?bbox=${seen}${day}`)
      if (mine !== turn) return
      layer.clearLayers()
      layer.addData(found)
    }
  }

  const waiting = element('p', 'fm-map__waiting', 'Loading the map')
  canvas.append(waiting)
  const failed = () => { status.textContent = 'Part of the map could not be loaded. Everything on it is also listed on this page.' }
  // Without its lines the map stays empty, and says so where it would have been: nothing on the page moves.
  const failedWholly = () => {
    waiting.setAttribute('role', 'alert')
    waiting.textContent = 'The map could not be loaded. Everything on it is also listed on this page. To try again, load the page anew.'
  }
  let drawing
  map.on('moveend', () => {
    placeNames(map, names)
    labels.replaceChildren()
    clearTimeout(drawing)
    drawing = setTimeout(() => drawUnder().catch(failed), DELAY_MS)
  })
  // On paper a map keeps the size that it is drawn in; one that is wider than a sheet is drawn anew for it.
  const sizeFor = (width) => {
    if (!gridShown) return
    const [before, seen] = [canvas.clientWidth, map.getBounds()]
    canvas.style.width = width
    if (canvas.clientWidth === before) return
    map.invalidateSize({ animate: false, pan: false })
    map.fitBounds(seen, { animate: false })
    drawGrid(map, gridLayer, labels, gridShown)
  }
  window.addEventListener('beforeprint', () => sizeFor(`${Math.min(canvas.clientWidth, SHEET_WIDTH)}px`))
  window.addEventListener('afterprint', () => sizeFor(''))
  if (ask) {
    map.on('click', (event) => {
      L.popup({ minWidth: 180 }).setLatLng(event.latlng).setContent(popupContent(null, event.latlng, canvas.dataset)).openOn(map)
    })
  }

  drawAreas(map, canvas).then((drawn) => {
    names = drawn.names
    if (point) {
      const [lat, lng] = point.split(',').map(Number)
      L.circleMarker([lat, lng], { radius: 9, className: 'fm-place', weight: 4 }).addTo(map)
      map.setView([lat, lng], 13, { animate: false })
    }
    highlight(map, drawn.layers)
    showOnRequest(map, canvas, drawn.layers, (words) => { status.textContent = words })
    placeNames(map, names)
    canvas.classList.add('fm-map__canvas--ready')
  }).catch(failedWholly)
}

for (const canvas of document.querySelectorAll('.fm-map__canvas')) start(canvas)
