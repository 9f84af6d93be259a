// A click on the picture of a boundary types the place into the form beside it; without this the place is typed by hand.
const picture = document.querySelector('img[data-window]')
const place = document.getElementById('place')

if (picture && place) {
  const [west, south, east, north] = picture.dataset.window.split(' ').map(Number)
  picture.classList.add('fm-draft-picture--asks')
  picture.addEventListener('click', (event) => {
    const box = picture.getBoundingClientRect()
    const across = (event.clientX - box.left) / box.width
    const down = (event.clientY - box.top) / box.height
    const easting = Math.round(west + across * (east - west))
    const northing = Math.round(north - down * (north - south))
    place.value = `${easting}, ${northing}`
    place.focus()
  })
}
