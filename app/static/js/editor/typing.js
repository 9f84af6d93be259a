// A place as somebody types it, on the grid: by itself, or by asking the service, which alone knows degrees exactly.
import { ask } from './asking.js'
import { toLatLng } from './grid-map.js'
import { byId } from './panel.js'
import { readPlace } from './places.js'

const CLOSE_ZOOM = 12

// The point that was typed; where it is none, what is wrong is said and null returned.
export async function typed (text) {
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

export function lookAt (map, point) {
  map.setView(toLatLng(point), Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false })
}

// The point that was put somewhere stays in sight.
export function putThere (map, tools, point) {
  tools.put(point)
  if (!map.getBounds().contains(toLatLng(point))) map.panTo(toLatLng(point), { animate: false })
}
