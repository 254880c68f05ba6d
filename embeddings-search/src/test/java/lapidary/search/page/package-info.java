/**
 * Tests of the page in Chromium, driven by Playwright: what a person does, and what they see. Begin reading at
 * {@link lapidary.search.page.PhotosTest}; {@link lapidary.search.page.PageServer} serves pictures, {@link lapidary.search.page.Browser} opens the page.
 */
@NullMarked
package lapidary.search.page;

import org.jspecify.annotations.NullMarked;
