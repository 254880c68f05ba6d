package lapidary.benchmarks.mutants;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lapidary.benchmarks.mutants.WireMessage.Field;

/** Edits that know what an ONNX file is made of. Field numbers from onnx.proto. */
enum GraphEdit {
  /** A dimension of a weight, an input or an output. */
  DIMENSION {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> sizes = new ArrayList<>();
      model.all(MessageKind.DIMENSION).forEach(d -> sizes.addAll(d.with(1)));
      model.all(MessageKind.TENSOR).forEach(t -> sizes.addAll(t.with(1)));
      one(sizes, random).ifPresent(size -> size.value = Numbers.any(size.value, random));
    }
  },
  /** A dimension more, less or open. */
  RANK {
    @Override
    void apply(WireMessage model, Random random) {
      List<WireMessage> shapes = model.all(MessageKind.SHAPE);
      one(shapes, random).ifPresent(shape -> {
        WireMessage size = new WireMessage(MessageKind.DIMENSION);
        size.fields.add(Field.number(1, random.nextInt(5)));
        if (random.nextInt(3) == 0) {
          size.fields.clear();
        }
        if (random.nextBoolean() || shape.fields.isEmpty()) {
          shape.fields.add(random.nextInt(shape.fields.size() + 1), Field.message(1, size));
        } else {
          shape.fields.remove(random.nextInt(shape.fields.size()));
        }
      });
    }
  },
  /** A dimension of a weight more or less, its bytes as they were or as they would have to be. */
  WEIGHT_RANK {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.TENSOR), random).ifPresent(tensor -> {
        if (random.nextBoolean() || tensor.with(1).isEmpty()) {
          tensor.fields.add(0, Field.number(1, random.nextBoolean() ? 1 : random.nextInt(4)));
        } else {
          tensor.fields.remove(tensor.with(1).get(0));
        }
        if (random.nextBoolean()) {
          Numbers.fit(tensor, random);
        }
      });
    }
  },
  /** A weight of another shape whose bytes are right. */
  WEIGHT_SHAPE {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.TENSOR), random).ifPresent(tensor -> {
        one(tensor.with(1), random).ifPresent(size -> size.value = random.nextInt(9));
        Numbers.fit(tensor, random);
      });
    }
  },
  /** Fewer or more bytes than a weight needs. */
  WEIGHT_BYTES {
    @Override
    void apply(WireMessage model, Random random) {
      one(parts(model, MessageKind.TENSOR, 9), random)
          .ifPresent(raw -> raw.bytes = Arrays.copyOf(raw.bytes, random.nextInt(64)));
    }
  },
  /** One value of a weight: an index, an axis or a size out of all bounds. */
  WEIGHT_VALUE {
    @Override
    void apply(WireMessage model, Random random) {
      one(parts(model, MessageKind.TENSOR, 9), random).ifPresent(raw -> {
        if (raw.bytes.length >= Long.BYTES) {
          int at = random.nextInt(raw.bytes.length / Long.BYTES) * Long.BYTES;
          ByteBuffer values = ByteBuffer.wrap(raw.bytes).order(ByteOrder.LITTLE_ENDIAN);
          values.putLong(at, Numbers.any(values.getLong(at), random));
        }
      });
    }
  },
  /** The element type of a weight, an input or an output. */
  ELEMENT_TYPE {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> types = new ArrayList<>();
      model.all(MessageKind.TENSOR_TYPE).forEach(t -> types.addAll(t.with(1)));
      model.all(MessageKind.TENSOR).forEach(t -> types.addAll(t.with(2)));
      one(types, random).ifPresent(type -> type.value = random.nextInt(27) - 1L);
    }
  },
  /** A number of an attribute, also in its lists. */
  ATTRIBUTE_VALUE {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> numbers = new ArrayList<>();
      for (WireMessage attribute : model.all(MessageKind.ATTRIBUTE)) {
        numbers.addAll(attribute.with(3));
        numbers.addAll(attribute.with(8));
      }
      one(numbers, random).ifPresent(number -> number.value = Numbers.any(number.value, random));
    }
  },
  /** A real number of an attribute. */
  ATTRIBUTE_REAL {
    @Override
    void apply(WireMessage model, Random random) {
      one(parts(model, MessageKind.ATTRIBUTE, 2), random)
          .ifPresent(real -> real.bytes = Numbers.real(random));
    }
  },
  /** A text of an attribute. */
  ATTRIBUTE_TEXT {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> texts = new ArrayList<>(parts(model, MessageKind.ATTRIBUTE, 4));
      texts.addAll(parts(model, MessageKind.ATTRIBUTE, 9));
      one(texts, random).ifPresent(text -> text.bytes = utf8(Names.text(random)));
    }
  },
  /** A list of numbers longer or shorter. */
  ATTRIBUTE_LENGTH {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.ATTRIBUTE), random).ifPresent(attribute -> {
        Optional<Field> number = one(attribute.with(8), random);
        if (random.nextBoolean()) {
          attribute.fields.add(number.map(Field::copy).orElse(Field.number(8, random.nextInt(3))));
        } else {
          number.ifPresent(attribute.fields::remove);
        }
      });
    }
  },
  /** Another name or type of an attribute. */
  ATTRIBUTE_NAME {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.ATTRIBUTE), random).ifPresent(attribute -> {
        if (random.nextBoolean()) {
          one(attribute.with(1), random).ifPresent(f -> f.bytes = utf8(Names.attribute(random)));
        } else {
          one(attribute.with(20), random).ifPresent(f -> f.value = random.nextInt(16));
        }
      });
    }
  },
  /** A whole number more among the attributes. */
  ATTRIBUTE_MORE {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.NODE), random).ifPresent(node -> {
        WireMessage attribute = new WireMessage(MessageKind.ATTRIBUTE);
        attribute.fields.add(Field.bytes(1, utf8(Names.attribute(random))));
        boolean list = random.nextBoolean();
        for (int i = list ? 1 + random.nextInt(4) : 1; i > 0; i--) {
          attribute.fields.add(Field.number(list ? 8 : 3, Numbers.any(1, random)));
        }
        attribute.fields.add(Field.number(20, list ? 7 : 2));
        node.fields.add(Field.message(5, attribute));
      });
    }
  },
  /** The attributes and operator of one node as another operator's. */
  OPERATOR {
    @Override
    void apply(WireMessage model, Random random) {
      one(parts(model, MessageKind.NODE, 4), random)
          .ifPresent(name -> name.bytes = utf8(Names.operator(random)));
    }
  },
  /** An input of a node from elsewhere, which may come after it. */
  REWIRE {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> values = new ArrayList<>(parts(model, MessageKind.NODE, 2));
      values.addAll(parts(model, MessageKind.NODE, 1));
      values.addAll(parts(model, MessageKind.TENSOR, 8));
      values.addAll(parts(model, MessageKind.VALUE, 1));
      List<Field> ports = new ArrayList<>(parts(model, MessageKind.NODE, 1));
      if (random.nextInt(4) == 0) {
        ports.addAll(parts(model, MessageKind.NODE, 2));
      }
      byte[] name = one(values, random).map(value -> value.bytes).orElse(new byte[0]);
      one(ports, random).ifPresent(port -> port.bytes = random.nextInt(6) == 0 ? utf8("") : name);
    }
  },
  /** An input or output more or less. */
  PORTS {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.NODE), random).ifPresent(node -> {
        Optional<Field> port = one(node.with(random.nextInt(4) == 0 ? 2 : 1), random);
        if (random.nextBoolean()) {
          port.ifPresent(node.fields::remove);
        } else {
          port.ifPresent(field -> node.fields.add(field.copy()));
        }
      });
    }
  },
  /** Nodes, weights and ports in another order. */
  ORDER {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(), random).ifPresent(message -> Collections.shuffle(message.fields, random));
    }
  },
  /** A field away. */
  REMOVE {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all().filter(m -> !m.fields.isEmpty()).toList(), random)
          .ifPresent(message -> message.fields.remove(random.nextInt(message.fields.size())));
    }
  },
  /** A field twice. */
  REPEAT {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all().filter(m -> !m.fields.isEmpty()).toList(), random)
          .ifPresent(m -> one(m.fields, random).ifPresent(field -> m.fields.add(field.copy())));
    }
  },
  /** Any number of the file. */
  NUMBER {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> numbers = model
          .all()
          .flatMap(message -> message.fields.stream())
          .filter(field -> field.wire == 0)
          .toList();
      one(numbers, random).ifPresent(number -> number.value = Numbers.any(number.value, random));
    }
  },
  /** A length that is not its part's. */
  LENGTH {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> all = model
          .all()
          .flatMap(message -> message.fields.stream())
          .filter(field -> field.wire == WireMessage.LENGTH)
          .toList();
      one(all, random).ifPresent(part -> part.excess = Numbers.any(1, random));
    }
  },
  /** Versions of operator sets and of the format. */
  VERSION {
    @Override
    void apply(WireMessage model, Random random) {
      if (random.nextInt(3) == 0) {
        one(model.with(1), random).ifPresent(ir -> ir.value = Numbers.any(ir.value, random));
      } else {
        one(model.all(MessageKind.OPSET), random).ifPresent(set -> {
          set.fields.clear();
          set.fields.add(Field.bytes(1, utf8(Names.domain(random))));
          long version = random.nextBoolean() ? random.nextInt(30) : Numbers.any(17, random);
          set.fields.add(Field.number(2, version));
        });
      }
    }
  },
  /** Weights that are said to be outside the file. */
  EXTERNAL {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.TENSOR), random).ifPresent(tensor -> {
        tensor.fields.removeIf(field -> field.number == 9 && random.nextBoolean());
        tensor.fields.add(Field.message(13, entry("location", Names.location(random))));
        tensor.fields.add(Field.message(
            13, entry("offset", Long.toString(random.nextBoolean() ? 0 : Numbers.any(1, random)))));
        tensor.fields.add(Field.number(14, 1));
      });
    }
  },
  /** Another operator behind one that is there, or two. */
  GRAFT {
    @Override
    void apply(WireMessage model, Random random) {
      List<Field> outputs = parts(model, MessageKind.NODE, 2);
      WireMessage other = Grafts.one(random);
      one(parts(other, MessageKind.NODE, 1), random)
          .ifPresent(input -> one(outputs, random).ifPresent(value -> input.bytes = value.bytes));
      one(model.all(MessageKind.GRAPH), random).ifPresent(graph -> {
        graph.fields.addAll(
            other.fields.stream().filter(field -> field.message != null).toList());
      });
    }
  },
  /** Graphs in graphs. */
  NEST {
    @Override
    void apply(WireMessage model, Random random) {
      one(model.all(MessageKind.NODE), random).ifPresent(node -> {
        WireMessage inner = new WireMessage(MessageKind.GRAPH);
        model.with(7).forEach(f -> {
          if (f.message != null) {
            inner.fields.addAll(f.message.copy().fields);
          }
        });
        for (int i = random.nextInt(30); i >= 0; i--) {
          WireMessage attribute = new WireMessage(MessageKind.ATTRIBUTE);
          attribute.fields.add(Field.bytes(1, utf8("body")));
          WireMessage held = inner.copy();
          attribute.fields.add(Field.message(6, held));
          attribute.fields.add(Field.number(20, 5));
          WireMessage holder = new WireMessage(MessageKind.NODE);
          holder.fields.add(Field.bytes(4, utf8(Names.operator(random))));
          holder.fields.add(Field.message(5, attribute));
          inner.fields.clear();
          inner.fields.add(Field.message(1, holder));
        }
        node.fields.addAll(
            inner.fields.get(0).message == null
                ? List.of()
                : inner.fields.get(0).message.with(5));
      });
    }
  };

  /** Changes the model; does nothing if it has no such part. */
  abstract void apply(WireMessage model, Random random);

  private static WireMessage entry(String key, String value) {
    WireMessage entry = new WireMessage(MessageKind.ENTRY);
    entry.fields.add(Field.bytes(1, utf8(key)));
    entry.fields.add(Field.bytes(2, utf8(value)));
    return entry;
  }

  private static List<Field> parts(WireMessage model, MessageKind kind, int number) {
    List<Field> parts = new ArrayList<>();
    model.all(kind).forEach(message -> parts.addAll(message.with(number)));
    return parts;
  }

  private static <T> Optional<T> one(List<T> of, Random random) {
    return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random.nextInt(of.size())));
  }

  private static <T> Optional<T> one(java.util.stream.Stream<T> of, Random random) {
    return one(of.toList(), random);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
