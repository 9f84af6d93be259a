"""The command line: works on plain files, beside QGIS, with no database unless the command says so."""
