/**
 * Protocol buffer messages of a graph's file. Their classes are part of
 * `@tensorflow/tfjs-node-gpu`, which has no types for them.
 */
import api from "@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js";
import { type Attribute, ATTRIBUTE_TYPE } from "./attributes.ts";

interface NodeMessage {
  setName(name: string): void;
  setOp(name: string): void;
  setInputList(names: readonly string[]): void;
  getAttrMap(): Map<string, AttributeMessage>;
}

interface GraphMessage {
  addNode(node: NodeMessage): void;
}

interface ShapeMessage {
  setDimList(dimensions: readonly { setSize(size: number): void }[]): void;
  setUnknownRank(unknown: boolean): void;
}

interface TensorMessage {
  setDtype(type: number): void;
  setTensorShape(shape: ShapeMessage): void;
  setTensorContent(bytes: Uint8Array): void;
}

/** An operation's attribute of any kind. */
export interface AttributeMessage {
  setS(value: Uint8Array): void;
  setI(value: number): void;
  setF(value: number): void;
  setB(value: boolean): void;
  setType(value: number): void;
  setShape(value: ShapeMessage): void;
  setTensor(value: TensorMessage): void;
  setList(value: ListMessage): void;
}

interface ListMessage {
  setIList(values: readonly number[]): void;
  setSList(values: readonly Uint8Array[]): void;
}

interface MetaGraphMessage {
  setMetaInfoDef(value: { setTagsList(tags: readonly string[]): void }): void;
  setGraphDef(graph: GraphMessage): void;
}

interface SavedModelMessage {
  setSavedModelSchemaVersion(version: number): void;
  addMetaGraphs(graph: MetaGraphMessage): void;
  serializeBinary(): Uint8Array<ArrayBuffer>;
}

interface Messages {
  readonly GraphDef: new () => GraphMessage;
  readonly NodeDef: new () => NodeMessage;
  readonly AttrValue: (new () => AttributeMessage) & {
    readonly ListValue: new () => ListMessage;
  };
  readonly Tensor: new () => TensorMessage;
  readonly TensorShape: (new () => ShapeMessage) & {
    readonly Dim: new () => { setSize(size: number): void };
  };
  readonly SavedModel: new () => SavedModelMessage;
  readonly MetaGraphDef: (new () => MetaGraphMessage) & {
    readonly MetaInfoDef: new () => {
      setTagsList(tags: readonly string[]): void;
    };
  };
}

export const messages = api as Messages;

type Single = Exclude<Attribute["value"], readonly unknown[]>;
type Setter = (message: AttributeMessage, value: Single) => void;

const SETTERS: ReadonlyMap<number, Setter> = new Map<number, Setter>([
  [ATTRIBUTE_TYPE.type, (message, value) => message.setType(Number(value))],
  [ATTRIBUTE_TYPE.int, (message, value) => message.setI(Number(value))],
  [ATTRIBUTE_TYPE.float, (message, value) => message.setF(Number(value))],
  [ATTRIBUTE_TYPE.bool, (message, value) => message.setB(Boolean(value))],
  [
    ATTRIBUTE_TYPE.string,
    (message, value) => message.setS(encoded(value)),
  ],
]);

/**
 * The message of an operation's attribute.
 *
 * @throws {RangeError} for a list of anything but integers or strings
 */
export function attributeMessage(
  { name, type, value }: Attribute,
): AttributeMessage {
  const message = new messages.AttrValue();
  if (typeof value === "object") {
    if (type === ATTRIBUTE_TYPE.shape) {
      message.setShape(shapeMessage(value as readonly number[]));
    } else message.setList(listMessage(name, type, value));
  } else SETTERS.get(type)!(message, value);
  return message;
}

function listMessage(
  name: string,
  type: number,
  values: readonly number[] | readonly string[],
): ListMessage {
  const list = new messages.AttrValue.ListValue();
  if (type === ATTRIBUTE_TYPE.int) {
    list.setIList(values as readonly number[]);
    return list;
  }
  if (type === ATTRIBUTE_TYPE.string) {
    list.setSList(values.map(encoded));
    return list;
  }
  throw new RangeError(
    `Cannot add attribute ${name} to a graph as only lists of integers and ` +
      "strings are supported",
  );
}

function encoded(value: Single): Uint8Array {
  return new TextEncoder().encode(String(value));
}

/** The attribute of a shape that is unknown until the graph runs. */
export function anyShapeMessage(): AttributeMessage {
  const shape = new messages.TensorShape();
  shape.setUnknownRank(true);
  const message = new messages.AttrValue();
  message.setShape(shape);
  return message;
}

/** The attribute with the values of a constant. */
export function constantMessage(
  type: number,
  shape: readonly number[],
  values: ArrayBufferView<ArrayBuffer>,
): AttributeMessage {
  const tensor = new messages.Tensor();
  tensor.setDtype(type);
  tensor.setTensorShape(shapeMessage(shape));
  const { buffer, byteOffset, byteLength } = values;
  tensor.setTensorContent(new Uint8Array(buffer, byteOffset, byteLength));
  const message = new messages.AttrValue();
  message.setTensor(tensor);
  return message;
}

/** The bytes of a `saved_model.pb`. */
export function savedModel(
  graph: GraphMessage,
  tag: string,
): Uint8Array<ArrayBuffer> {
  const about = new messages.MetaGraphDef.MetaInfoDef();
  about.setTagsList([tag]);
  const meta = new messages.MetaGraphDef();
  meta.setMetaInfoDef(about);
  meta.setGraphDef(graph);
  const model = new messages.SavedModel();
  model.setSavedModelSchemaVersion(1);
  model.addMetaGraphs(meta);
  return model.serializeBinary();
}

function shapeMessage(shape: readonly number[]): ShapeMessage {
  const message = new messages.TensorShape();
  message.setDimList(shape.map((size) => {
    const dimension = new messages.TensorShape.Dim();
    dimension.setSize(size);
    return dimension;
  }));
  return message;
}
