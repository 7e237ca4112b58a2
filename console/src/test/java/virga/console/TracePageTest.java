package virga.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A trace and its hops as a person reads them, in a real browser. Skipped where the machine has no Chromium. */
@Execution(ExecutionMode.SAME_THREAD)
final class TracePageTest {
    private static BrowserSession.Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = BrowserSession.Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static String of(int order) {
        return "page=trace&trace=" + Orders.trace(order);
    }

    @Test
    void aTraceIsOpenedFromTheListAndLeftByTheBrowsersBack() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            page.locator("#side-traces [data-trace]").first().click();
            assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(8);
            assertThat(page.locator("#trace-head")).containsText("2 failed");
            assertThat(page.locator("#trace-head")).containsText("a million cost");
            assertThat(page).hasURL(Pattern.compile("trace=" + Orders.trace(0)));
            session.picture("trace-light");
            page.goBack();
            assertThat(page.locator("#map-page")).isVisible();
        }
    }

    @Test
    void whatFailedStandsAtTheTopAndLeadsToItsHop() throws IOException {
        try (BrowserSession session = chromium.open(new Orders().take(0), 1440, 900, ColorScheme.DARK, of(0))) {
            Page page = session.page;
            Locator failures = page.locator(".failures li");
            assertThat(failures.first()).containsText("Cannot read properties of undefined");
            failures.first().getByRole(AriaRole.BUTTON).click();
            assertThat(session.hop("ship0/0")).hasAttribute("aria-selected", "true");
            assertThat(page.locator("#hop .detail > *").first()).containsText("TypeError");
            assertThat(page.locator("#hop")).containsText("./virga replay ship0");
            session.picture("failed-hop-dark");
        }
    }

    @Test
    void aTraceWithoutFailuresHasNothingAtItsTop() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(1), 1440, 900, ColorScheme.LIGHT, of(1) + "&hop=take1%2F0")) {
            Page page = session.page;
            assertThat(page.locator("#trace-head .badge")).hasText("ok");
            assertThat(page.locator("#hop h2")).hasText("take-order");
            assertThat(page.locator(".failures")).hasCount(0);
            assertThat(page.locator(".message")).hasCount(0);
            // What is not there must not be written as a word.
            assertThat(page.locator("main:not([hidden])")).not().containsText("null");
            assertThat(page.locator("main:not([hidden])")).not().containsText("undefined");
        }
    }

    @Test
    void aHopShowsItsColdStartLogEventAndAnswer() throws IOException {
        try (BrowserSession session = chromium.open(new Orders().take(0), 1440, 1400, ColorScheme.LIGHT, of(0))) {
            Page page = session.page;
            session.hop("take0/0").click();
            Locator hop = page.locator("#hop");
            assertThat(hop.locator(".cold-start")).containsText("unpack 12 ms");
            assertThat(hop.locator(".cold-start")).containsText("run 102 ms");
            assertThat(hop.locator(".log li")).hasCount(4);
            assertThat(hop.locator(".log li.level-warn")).hasText(Pattern.compile("WARN\\s*stock is low"));
            assertThat(hop.locator(".log li.platform")).containsText("START RequestId");
            assertThat(hop.locator(".log")).containsText("order taken  orderId=17");
            assertThat(hop.locator(".payloads")).containsText("\"statusCode\": 201");
            assertThat(hop).containsText("239 ms");
            session.picture("hop-light");
        }
    }

    @Test
    void itemsAndBodiesAreDecodedWithTheRawBesideThem() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.LIGHT, of(0) + "&hop=put0%2F0")) {
            Page page = session.page;
            Locator request = page.locator(".payload").first();
            // The number has more digits than JavaScript keeps.
            assertThat(request).containsText("\"quantity\": 12345678901234567890");
            assertThat(request).not().containsText("\"S\"");
            session.picture("item-light");
            request.getByText("Raw").click();
            assertThat(request).containsText("\"S\": \"17\"");
            request.getByText("Decoded").click();
            session.hop("send0/0").click();
            assertThat(page.locator(".payload").first()).containsText("\"orderId\": \"17\"");
        }
    }

    @Test
    void whatRecordsHoldIsShownAsTextAndNeverRuns() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.LIGHT, of(0) + "&hop=take0%2F0")) {
            Page page = session.page;
            assertThat(page.locator("#hop .log")).containsText(Orders.HOSTILE);
            assertThat(page.locator("#hop .payloads")).containsText("<b>bold</b>");
            assertThat(page.locator(".log img, .log script, .payloads b")).hasCount(0);
            assertThat(page).hasTitle("Trace · default · Virga");
        }
    }

    @Test
    void allLogLinesOfATraceStandInOneList() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.LIGHT, of(0) + "&view=logs")) {
            Page page = session.page;
            assertThat(page.locator("#trace .log li")).hasCount(5);
            assertThat(page.locator("#trace .log li.level-error")).containsText("TypeError");
            session.picture("logs-light");
            page.locator("#trace .log .source").last().click();
            assertThat(session.hop("ship0/0")).hasAttribute("aria-selected", "true");
        }
    }

    @Test
    void everythingIsReachedByKeyboard() throws IOException {
        try (BrowserSession session = chromium.open(new Orders().take(0), 1440, 900, ColorScheme.DARK, of(0))) {
            Page page = session.page;
            session.hop("req0/0").focus();
            page.keyboard().press("ArrowDown");
            assertThat(session.hop("take0/0")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#hop h2")).hasText("take-order");
            assertThat(session.hop("take0/0")).isFocused();
            page.keyboard().press("ArrowLeft");
            assertThat(session.hop("take0/0")).hasAttribute("aria-expanded", "false");
            assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(2);
            page.keyboard().press("ArrowRight");
            assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(8);
            page.keyboard().press("Escape");
            assertThat(page.locator("#hop")).isHidden();
        }
    }

    @Test
    void aLinkLeadsToTheVeryHop() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0).take(3), 1440, 900, ColorScheme.LIGHT, of(3) + "&hop=ship3%2F0")) {
            assertThat(session.page.locator("#hop h2")).hasText("ship");
            assertThat(session.hop("ship3/0")).hasAttribute("aria-selected", "true");
        }
    }

    @Test
    void aTraceThatIsNotKeptLeadsToThoseThatAre() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.LIGHT, "page=trace&trace=1-gone")) {
            Page page = session.page;
            assertThat(page.locator("#trace")).containsText("Nothing is kept of the trace 1-gone");
            assertThat(page.locator("#trace")).containsText("./virga trace --list");
            session.picture("trace-gone");
            page.getByText("Show the latest traces").click();
            assertThat(page.locator("#traces [data-trace]")).hasCount(1);
        }
    }

    @Test
    void twoThousandHopsAreReadAndStayWhereTheyAre() throws IOException {
        try (BrowserSession session = chromium.open(
                new Orders().writes(2_000),
                1440,
                900,
                ColorScheme.LIGHT,
                "page=trace&trace=" + Orders.trace(800_000))) {
            Page page = session.page;
            assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(2_000);
            assertThat(page.locator(".failures li")).containsText(new String[] {"2 times"});
            session.hop("write-1999/0").scrollIntoViewIfNeeded();
            session.hop("write-1999/0").click();
            assertThat(page.locator("#hop h2")).hasText("dynamodb PutItem Orders");
            page.evaluate("document.querySelector('.tree').lastElementChild.kept = true");
            session.records.take(0);
            page.waitForResponse(Pattern.compile("api/trace\\?"), () -> {});
            assertThat(page.evaluate("document.querySelector('.tree').lastElementChild.kept"))
                    .isEqualTo(true);
            assertThat(session.hop("write-1999/0")).isInViewport();
            session.picture("large-trace");
        }
    }

    @Test
    void inANarrowWindowTheHopLiesOverTheTrace() throws IOException {
        try (BrowserSession session = chromium.open(new Orders().take(0), 420, 860, ColorScheme.LIGHT, of(0))) {
            Page page = session.page;
            session.picture("narrow-trace-light");
            session.hop("ship0/0").click();
            assertThat(page.locator("#hop")).isInViewport();
            session.picture("narrow-hop-light");
            page.getByLabel("Close the hop").click();
            assertThat(page.locator("#hop")).isHidden();
            assertThat(session.hop("ship0/0")).isFocused();
        }
    }
}
