/** The town in three dimensions: buildings as they stand, parts of walls in view at their heights, fields of view. */

import type { CustomLayerInterface, ExpressionSpecification, Map } from "maplibre-gl";
import type { Position } from "geojson";
import { isBuilding } from "./buildings";
import { addTo, under, type MapLayer } from "../map/layer";
import type { Scene } from "../map/scene";
import { pyramid, wallFace, type Face } from "../map/solids";

/** MapLibre's own radius of the earth, in metres. */
const EARTH_M = 6_371_008.8;

const IN_THE_AIR = "in-the-air";

/** What was last drawn in the air, kept across changes of style. */
const air: { faces: readonly Face[]; origin: Position } = { faces: [], origin: [0, 0] };

export const solids: MapLayer = {
  add(map, look) {
    addTo(map, "solids", {
      id: "solids",
      type: "fill-extrusion",
      source: "spaces",
      filter: isBuilding,
      layout: { visibility: "none" },
      paint: {
        "fill-extrusion-color": look.colours("spaces", "kind") as ExpressionSpecification,
        "fill-extrusion-height": ["coalesce", ["get", "height_m"], 6],
        "fill-extrusion-base": ["coalesce", ["get", "base_m"], 0],
        "fill-extrusion-opacity": 1,
      },
    });
    map.addLayer(inTheAir(), under("solids"));
  },

  update(map, scene) {
    const solid = scene.view !== "flat";
    map.setLayoutProperty("solids", "visibility", solid ? "visible" : "none");
    air.faces = solid ? facesOf(scene) : [];
    map.triggerRepaint();
  },
};

function facesOf({ detail, cameras, look, shown, view, selected }: Scene): Face[] {
  const [first] = detail?.strips ?? [];
  const own = cameras.find(({ properties }) => properties.camera_id === detail?.selected.id);
  air.origin = own?.geometry.coordinates ?? first?.geometry.coordinates[0] ?? air.origin;
  const places = new globalThis.Map(cameras.map(({ properties, geometry }) => [properties.camera_id, geometry.coordinates]));
  const walls = (detail?.strips ?? [])
    .filter(({ properties }) => shown.surenesses.has(properties.sureness) && places.has(properties.camera_id))
    // What a camera can be turned to is shown where a building is asked about: it could be viewed so.
    .filter(({ properties }) => selected?.what === "building" || !["reach", "reach_tele"].includes(properties.mode))
    .flatMap(({ properties, geometry }) => {
      const colour = rgba(look.colour("facade_strips", properties.sureness), view === "eye" ? 0.6 : 0.85);
      return wallFace({ ...properties, line: geometry.coordinates }, air.origin, places.get(properties.camera_id) ?? null, colour) ?? [];
    });
  // From the camera's own place its field of view is all that there is.
  const fields = own && view === "solid" ? pyramid(own, air.origin, rgba(look.colour("views", "recognise"), 0.16)) : [];
  return [...walls, ...fields];
}

function rgba(colour: string, opacity: number): Face["colour"] {
  const part = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5), opacity];
}

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
in vec3 a_place;
in vec4 a_colour;
out vec4 v_colour;
void main() {
  gl_Position = u_matrix * vec4(a_place, 1.0);
  v_colour = vec4(a_colour.rgb * a_colour.a, a_colour.a);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 v_colour;
out vec4 colour;
void main() { colour = v_colour; }`;

/** Triangles among MapLibre's own solids, so that a building hides what stands behind it. */
function inTheAir(): CustomLayerInterface {
  let program: WebGLProgram | null = null;
  let buffer: WebGLBuffer | null = null;
  let drawn: readonly Face[] | null = null;
  let count = 0;
  return {
    id: IN_THE_AIR,
    type: "custom",
    renderingMode: "3d",
    onAdd(_map: Map, gl) {
      program = gl.createProgram();
      for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
        const shader = gl.createShader(kind);
        if (!shader) return;
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        gl.attachShader(program, shader);
      }
      gl.linkProgram(program);
      buffer = gl.createBuffer();
      drawn = null;
    },
    render(gl, { defaultProjectionData }) {
      if (!program || !air.faces.length) return;
      gl.useProgram(program);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      if (drawn !== air.faces) {
        const triangles = air.faces.flatMap(fan);
        gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(triangles), gl.DYNAMIC_DRAW);
        count = triangles.length / 7;
        drawn = air.faces;
      }
      gl.uniformMatrix4fv(gl.getUniformLocation(program, "u_matrix"), false, around(defaultProjectionData.mainMatrix, air.origin));
      for (const [name, size, offset] of [["a_place", 3, 0], ["a_colour", 4, 12]] as const) {
        const at = gl.getAttribLocation(program, name);
        gl.enableVertexAttribArray(at);
        gl.vertexAttribPointer(at, size, gl.FLOAT, false, 28, offset);
      }
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.disable(gl.CULL_FACE);
      gl.depthMask(false);
      gl.drawArrays(gl.TRIANGLES, 0, count);
      gl.depthMask(true);
    },
  };
}

/** A face as triangles from its first corner: places in metres, and their colour. */
function fan({ corners, colour }: Face): number[] {
  const [first, ...rest] = corners;
  return rest.slice(1).flatMap((corner, at) => [first, rest[at] ?? corner, corner].flatMap((each) => [...(each ?? corner), ...colour]));
}

/** Web Mercator as the map's matrix has it: the world is 1 wide; and how long a metre is there. */
function mercator([lon = 0, lat = 0]: Position): { x: number; y: number; metre: number } {
  const turned = (lat * Math.PI) / 180;
  return {
    x: (lon + 180) / 360,
    y: (1 - Math.asinh(Math.tan(turned)) / Math.PI) / 2,
    metre: 1 / (2 * Math.PI * EARTH_M * Math.cos(turned)),
  };
}

/** The map's matrix for metres around a place: in its own units single precision would be off by metres. */
function around(matrix: ArrayLike<number>, origin: Position): Float32Array {
  const at = mercator(origin);
  const { metre } = at;
  const column = (index: number): number[] => [0, 1, 2, 3].map((row) => matrix[index * 4 + row] ?? 0);
  const [x = [], y = [], z = [], w = []] = [0, 1, 2, 3].map(column);
  const moved = w.map((value, row) => (x[row] ?? 0) * at.x + (y[row] ?? 0) * at.y + value);
  // Mercator's second axis points south.
  return new Float32Array([...x.map((v) => v * metre), ...y.map((v) => -v * metre), ...z.map((v) => v * metre), ...moved]);
}

