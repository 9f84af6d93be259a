// Shows the way to the application once a boundary has been kept for the first time.
const link = document.getElementById('apply-link')
const versions = document.getElementById('versions-pane')

if (link && link.hidden && versions) {
  const watch = new MutationObserver(() => {
    if (versions.hidden || !location.pathname.endsWith('/draw')) return
    link.href = location.pathname.slice(0, -'/draw'.length)
    link.hidden = false
    watch.disconnect()
  })
  watch.observe(versions, { attributes: true, attributeFilter: ['hidden'] })
}
