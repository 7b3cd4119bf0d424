/** The still ground under the signs: MapLibre with our own GeoJSON only. No glyph server, no tiles, no flights: the view jumps. */
import { Map as GlMap, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Ground } from './ground'

setWorkerUrl(workerUrl)

export interface GroundInks { sea: string; land: string; other: string; outline: string; cell: string; border: string; river: string }

export function styleOf(ground: Ground, inks: GroundInks, text: number): StyleSpecification {
  const role = (name: string): ['==', ['get', string], string] => ['==', ['get', 'role'], name]
  const k = text / 13
  return {
    version: 8,
    sources: { ground: { type: 'geojson', data: ground.features } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': inks.sea } },
      { id: 'other', type: 'fill', source: 'ground', filter: ['all', role('neighbour'), ['==', ['geometry-type'], 'Polygon']], paint: { 'fill-color': inks.other } },
      { id: 'border', type: 'line', source: 'ground', filter: role('neighbour'), paint: { 'line-color': inks.border, 'line-width': k } },
      { id: 'land', type: 'fill', source: 'ground', filter: role('county'), paint: { 'fill-color': inks.land } },
      { id: 'river', type: 'line', source: 'ground', filter: role('river'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': inks.river, 'line-width': 1.2 * k } },
      { id: 'lawful', type: 'line', source: 'ground', filter: role('lawful'), paint: { 'line-color': inks.border, 'line-width': k } },
      { id: 'cell', type: 'line', source: 'ground', filter: role('cell'), paint: { 'line-color': inks.cell, 'line-width': k, 'line-dasharray': [4, 3] } },
      { id: 'outline', type: 'line', source: 'ground', filter: role('county'), layout: { 'line-join': 'round' }, paint: { 'line-color': inks.outline, 'line-width': 1.7 * k } },
    ],
  }
}

export function openMap(container: HTMLElement, ground: Ground, inks: GroundInks, text: number, interactive: boolean, title: string, sharp = false): GlMap {
  return new GlMap({
    container,
    style: styleOf(ground, inks, text),
    bounds: ground.bounds,
    fitBoundsOptions: { padding: text * 1.6, animate: false },
    interactive,
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    maxZoom: 16,
    pixelRatio: sharp ? 2 : Math.min(devicePixelRatio, 1.5),
    canvasContextAttributes: { antialias: true },
    locale: { 'Map.Title': title },
    trackResize: false,
  })
}
export type { GlMap }
