package lapidary.search.http.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page that a browser sent a request for, as its headers tell: a form or a script of a foreign page can make a person's browser
 * send requests to whatever that person reaches. Programs send none of these headers. RFC 6454, §7; Fetch Metadata, §2.
 *
 * @param origin the header {@code Origin}: where the page is from, or {@code null} in letters
 * @param referer the header {@code Referer}: the page's own address, from older browsers
 * @param site the header {@code Sec-Fetch-Site}
 */
public record CallingPage(
    Optional<String> origin, Optional<String> referer, Optional<String> site) {
  /** From headers, each null if there is not one. */
  public static CallingPage of(
      @Nullable String origin, @Nullable String referer, @Nullable String site) {
    return new CallingPage(
        Optional.ofNullable(origin), Optional.ofNullable(referer), Optional.ofNullable(site));
  }

  /**
   * Whether this is a page of another site than the server's own.
   *
   * @param names what the server was called by, with its port: {@code Host}, and what a proxy before it was called by
   */
  public boolean isForeign(Stream<String> names) {
    if (site.filter("cross-site"::equalsIgnoreCase).isPresent()) {
      return true;
    }
    Optional<String> from = origin.isPresent() ? origin : referer;
    return from.isPresent()
        && names.map(CallingPage::lower).noneMatch(authority(from.get())::equals);
  }

  /** Host and port of an address, without those that its scheme has anyway; empty if it has none, which is nobody's name. */
  private static String authority(String address) {
    try {
      String authority = URI.create(address).getRawAuthority();
      return authority == null ? "" : lower(authority);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
  }
}
