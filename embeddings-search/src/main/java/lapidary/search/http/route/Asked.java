package lapidary.search.http.route;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Locale;

/**
 * What the head of a request says of its body, and what of that is taken.
 *
 * @param type the media type with its parameters; empty if there is not one
 * @param packed whether it comes as gzip
 * @param announced how many bytes will come; -1 if that is not said
 * @param limit the longest body, as it comes and unpacked
 * @param deadline until when the client waits
 */
record Asked(String type, boolean packed, long announced, int limit, Deadline deadline) {
  private static final String GZIP = "gzip";

  static Asked of(Context context, Route.Limits limits) {
    String type = header(context, Header.CONTENT_TYPE);
    Asked asked = new Asked(
        type,
        isPacked(header(context, Header.CONTENT_ENCODING)),
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

  private static boolean isPacked(String encoding) {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    if (!name.isEmpty() && !name.equals("identity") && !name.equals(GZIP)) {
      throw new HttpProblem(
          415, "Content-Encoding " + encoding + " is not taken here; send gzip or none");
    }
    return name.equals(GZIP);
  }

  /** Whether this is done beside what takes long: a body that is neither short nor JSON may be a picture. */
  boolean isSmall() {
    boolean none = announced == 0 || (announced < 0 && type.isEmpty());
    boolean shortJson =
        Body.isJson(type) && announced <= ServerLimits.SMALL_BODY && announced >= 0 && !packed;
    return none || shortJson;
  }

  HttpProblem tooLong() {
    return new HttpProblem(413, "the body is longer than " + limit + " bytes; send less");
  }
}
