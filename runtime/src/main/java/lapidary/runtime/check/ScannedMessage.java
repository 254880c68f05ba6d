package lapidary.runtime.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.models.wire.WireReader.DamagedWireException;
import lapidary.runtime.check.OnnxMessage.Field;
import org.jspecify.annotations.Nullable;

/** What {@link OnnxScan} has read so far of a message; of its parts, what they handed on to it. Not thread-safe. */
final class ScannedMessage {
  private static final Map<OnnxMessage, Integer> NAMES = Map.of(
      OnnxMessage.NODE, Field.NODE_NAME,
      OnnxMessage.ATTRIBUTE, Field.ATTRIBUTE_NAME,
      OnnxMessage.TENSOR, Field.TENSOR_NAME);

  final OnnxMessage type;
  final @Nullable ScannedMessage parent;
  final int depth;
  final Map<Integer, String> texts = new HashMap<>();
  final Map<Integer, Long> numbers = new HashMap<>();
  final List<Map.Entry<String, String>> entries = new ArrayList<>();

  /** A bit for each field that may stand once; all of them are below 64. */
  private long seen;

  private int twice;

  ScannedMessage(OnnxMessage type, @Nullable ScannedMessage parent) {
    this.type = type;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** Whether these messages are around it, from the inside out, and no more. */
  boolean within(OnnxMessage... types) {
    ScannedMessage at = parent;
    for (OnnxMessage wanted : types) {
      if (at == null || at.type != wanted) {
        return false;
      }
      at = at.parent;
    }
    return at == null;
  }

  boolean isName(int field) {
    return NAMES.getOrDefault(type, 0) == field;
  }

  /** A field begins. */
  void note(int field) {
    int single = type.single(field);
    if (single > 0) {
      twice = (seen & 1L << single) == 0 ? twice : field;
      seen |= 1L << single;
    }
  }

  /** Holds at the end of the message, when its name is known, if nothing stood twice that may stand once. */
  void requireSingle() throws DamagedWireException {
    if (twice > 0) {
      throw new DamagedWireException("a second field " + twice + " in " + described());
    }
  }

  /** Such as {@code tensor "c"}, or {@code a tensor of attribute "value" of node "n"}, as far as names are known by now. */
  String described() {
    StringBuilder described = new StringBuilder(own().isEmpty() ? unnamed() : named());
    for (ScannedMessage at = parent; at != null; at = at.parent) {
      if (!at.own().isEmpty()) {
        described.append(" of ").append(at.named());
      }
    }
    return described.toString();
  }

  private String unnamed() {
    return ("aeiou".indexOf(kind().charAt(0)) < 0 ? "a " : "an ") + kind();
  }

  private String named() {
    return kind() + " \"" + own() + "\"";
  }

  private String own() {
    return texts.getOrDefault(NAMES.getOrDefault(type, 0), "");
  }

  private String kind() {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
