package lapidary.search.page;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** How a person looks at the page. */
enum Look {
  LIGHT(1400, 900, ColorScheme.LIGHT, false),
  DARK(1400, 900, ColorScheme.DARK, false),
  PHONE(390, 844, ColorScheme.LIGHT, true),
  PHONE_DARK(390, 844, ColorScheme.DARK, true);

  private final int width;
  private final int height;
  private final ColorScheme scheme;
  private final boolean touch;

  Look(int width, int height, ColorScheme scheme, boolean touch) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
    this.touch = touch;
  }

  NewContextOptions context() {
    return new NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setHasTouch(touch)
        .setLocale("en");
  }

  /** As a file is called. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
