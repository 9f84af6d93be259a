// The parts of GOV.UK Frontend that our pages use.
import { Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink, createAll } from '/static/vendor/govuk/govuk-frontend.min.js'

for (const component of [Button, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink]) createAll(component)

for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print())
