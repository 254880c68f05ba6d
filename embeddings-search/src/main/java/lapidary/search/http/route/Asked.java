package lapidary.search.http.route;

import io.javalin.http.Context;
import io.javalin.http.Header;

/**
 * What the head of a request says of its body, and what of that is taken.
 *
 * @param type the media type with its parameters; empty if there is not one
 * @param packing how it is packed
 * @param announced how many bytes will come; -1 if that is not said
 * @param limit the longest body, as it comes and unpacked
 * @param deadline until when the client waits
 */
record Asked(String type, Packing packing, long announced, int limit, Deadline deadline) {
  static Asked of(Context context, Route.Limits limits) {
    String type = header(context, Header.CONTENT_TYPE);
    Asked asked = new Asked(
        type,
        Packing.of(header(context, Header.CONTENT_ENCODING)),
        context.req().getContentLengthLong(),
        Body.isJson(type) ? limits.jsonBytes() : limits.bodyBytes(),
        Deadline.of(context));
    if (asked.announced > asked.limit) {
      throw asked.tooLong();
    }
    return asked;
  }

  private static String header(Context context, String name) {
    String value = context.header(name);
    return value == null ? "" : value;
  }

  boolean packed() {
    return packing != Packing.NONE;
  }

  /** Whether this is done beside what takes long: a body that is long, or neither JSON nor bare bytes, may be a picture. */
  boolean isSmall() {
    boolean none = announced == 0 || (announced < 0 && type.isEmpty());
    boolean shortValues = (Body.isJson(type) || Body.isBytes(type))
        && announced <= ServerLimits.SMALL_BODY
        && announced >= 0
        && !packed();
    return none || shortValues;
  }

  HttpProblem tooLong() {
    return new HttpProblem(413, "the body is longer than " + limit + " bytes; send less");
  }
}
