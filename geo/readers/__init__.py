"""Files of features, read row by row: GeoJSON, CSV, spreadsheets, Shapefile, GeoPackage, KML. What is wrong with a whole file is a
`BadFile`; what is wrong with one row is left to those who take rows."""
