package virga.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static virga.console.BrowserSession.named;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The map and the lists as a person uses them, in a real browser. Skipped where the machine has no Chromium. */
@Execution(ExecutionMode.SAME_THREAD)
final class BrowserTest {
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

    @Test
    void theMapIsFittedIntoItsFrameAndNamesAreWhole() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0).take(1).take(2))) {
            Page page = session.page;
            assertThat(page.locator("[data-node]")).hasCount(9);
            assertThat(session.node("ship").filter(named("1 failed"))).hasCount(1);
            // What a template and an API are called; the whole name is there on hover and in the details.
            assertThat(session.node("Orders"))
                    .hasAttribute("title", Pattern.compile("Table orders\nOrders in stack shop"));
            assertThat(session.node("shop-api")).hasCount(1);
            assertInside(page.locator("[data-node]"), page.locator("#map"));
            assertThat(cut(page, ".node .name")).isEmpty();
            assertThat(cut(page, ".node .times")).isEmpty();
            session.picture("map-light");
        }
    }

    @Test
    void theMapIsZoomedMovedAndFittedAgain() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            Locator percent = page.locator(".percent");
            assertThat(session.node("Orders")).isVisible();
            String fitted = percent.textContent();
            page.getByLabel("Zoom in").click();
            assertThat(percent).not().hasText(fitted);
            page.locator("#map").focus();
            BoundingBox before = session.node("Orders").boundingBox();
            page.keyboard().press("ArrowRight");
            assertThat(session.node("Orders").boundingBox().x).isLessThan(before.x);
            page.keyboard().press("0");
            assertThat(percent).hasText(fitted);
            assertInside(page.locator("[data-node]"), page.locator("#map"));
        }
    }

    @Test
    void whatIsThereStaysWhereItIsWhileFiguresChange() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            assertThat(session.node("take-order")).containsText("1 call");
            page.evaluate("document.querySelector('.board').kept = true");
            double before = session.node("take-order").boundingBox().x;
            session.records.take(1);
            assertThat(session.node("take-order")).containsText("2 calls");
            assertThat(session.node("take-order").boundingBox().x).isEqualTo(before);
            assertThat(page.evaluate("document.querySelector('.board').kept")).isEqualTo(true);
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(2);
        }
    }

    @Test
    void aResourceShowsItsDetailsAndLeavesTheTracesThatTouchIt() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0).take(1).writes(3))) {
            Page page = session.page;
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(3);
            session.node("ship").filter(named("failed")).click();
            Locator details = page.locator("#resource");
            assertThat(details).containsText("arn:aws:lambda:us-east-1:000000000000:function:ship");
            assertThat(details).containsText("1 (50 %)");
            assertThat(details).containsText("./virga logs ship --follow");
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(2);
            assertThat(page).hasURL(Pattern.compile("resource=arn"));
            session.picture("resource-light");
            details.getByText("labels").click();
            assertThat(details.locator("h2")).hasText("labels");
            page.getByLabel("Close the details").click();
            assertThat(details).isHidden();
        }
    }

    @Test
    void aDeploymentIsNotOnTheMapAndOnlyOnDemandAmongTheTraces() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0).deployed(), 1440, 900, ColorScheme.LIGHT, "page=traces")) {
            Page page = session.page;
            assertThat(page.locator("#traces [data-trace]")).hasCount(1);
            page.getByText("with deployments").click();
            assertThat(page.locator("#traces [data-trace]")).hasCount(4);
            page.locator("#to-map").click();
            assertThat(page.locator("[data-node]")).hasCount(9);
            assertThat(session.node("deployments")).hasCount(0);
        }
    }

    @Test
    void tracesAreFoundByNameIdAndFailure() throws IOException {
        try (BrowserSession session = chromium.open(
                new Orders().take(0).take(1).take(2).take(3).writes(4), 1440, 900, ColorScheme.DARK, "page=traces")) {
            Page page = session.page;
            Locator rows = page.locator("#traces [data-trace]");
            assertThat(rows).hasCount(5);
            session.picture("traces-dark");
            page.getByText("failed only").click();
            assertThat(rows).hasCount(2);
            assertThat(page.locator("#traces-count")).hasText("2 of the newest 5");
            page.getByText("failed only").click();
            page.locator("#find").fill("writer");
            assertThat(rows).hasCount(1);
            page.locator("#find").fill("nothing is called so");
            assertThat(page.locator("#traces .empty")).containsText("No trace matches");
            page.getByText("Show all traces").click();
            assertThat(rows).hasCount(5);
        }
    }

    @Test
    void aMapOfSixtyResourcesIsWholeAndReadable() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().system(30))) {
            Page page = session.page;
            assertThat(page.locator("[data-node]")).hasCount(61);
            assertInside(page.locator("[data-node]"), page.locator("#map"));
            // Names that are too long lose their middle: no two read the same.
            assertThat(page.locator(".node .name").allTextContents()).doesNotHaveDuplicates();
            session.picture("large-map");
            session.node("queue-29").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#resource h2")).hasText("queue-29");
        }
    }

    @Test
    void newTracesComeByThemselvesUnlessPaused() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(1);
            page.getByText("Pause").click();
            assertThat(page.locator("#live")).hasText("paused");
            session.records.take(1);
            page.getByText("Resume").click();
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(2);
        }
    }

    @Test
    void anEmptyEnvironmentSaysWhatToDo() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            assertThat(page.locator("#side-traces [data-trace]")).hasCount(1);
            page.locator("#environment").selectOption("empty");
            assertThat(page.locator("#map .empty"))
                    .containsText("./virga deploy template.yaml --stack app --environment empty");
            assertThat(page).hasURL(Pattern.compile("environment=empty"));
            page.locator("#map").getByText("Show everything").click();
            assertThat(page.locator("#map .empty")).containsText("Nothing has happened here yet");
            session.picture("empty");
        }
    }

    @Test
    void anEnvironmentThatIsNotThereLeadsToThoseThatAre() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.DARK, "page=map&environment=gone")) {
            Page page = session.page;
            assertThat(page.locator(".alone")).containsText("There is no environment gone");
            assertThat(page.locator(".alone")).containsText("./virga env create gone");
            session.picture("environment-gone");
            page.locator(".alone").getByText("default").click();
            assertThat(page.locator("[data-node]")).hasCount(9);
        }
    }

    @Test
    void aCloudThatHasGoneIsToldAndWhatWasSeenStays() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            assertThat(session.page.locator("[data-node]")).hasCount(9);
            session.server.stop(0);
            assertThat(session.page.locator("#problem")).containsText("does not answer");
            assertThat(session.page.locator("#live")).hasText("not connected");
            assertThat(session.page.locator("[data-node]")).hasCount(9);
            session.picture("cloud-gone");
        }
    }

    @Test
    void whatTheCloudRefusesIsShownInItsWords() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0), 1440, 900, ColorScheme.LIGHT, "page=map&minutes=ten")) {
            assertThat(session.page.locator("#problem")).containsText("minutes must be a whole number");
            session.page.locator("#minutes").selectOption("60");
            assertThat(session.page.locator("[data-node]")).hasCount(9);
            assertThat(session.page.locator("#problem")).isHidden();
        }
    }

    @Test
    void aNarrowWindowHasEverythingBelowEachOther() throws IOException {
        try (BrowserSession session =
                chromium.open(new Orders().take(0).take(1), 420, 860, ColorScheme.DARK, "page=map")) {
            Page page = session.page;
            assertThat(page.locator("[data-node]")).hasCount(9);
            assertInside(page.locator("[data-node]"), page.locator("#map"));
            assertThat(overflow(page)).isZero();
            session.picture("narrow-map-dark");
            page.locator("#to-traces").click();
            assertThat(page.locator("#traces [data-trace]")).hasCount(2);
            assertThat(overflow(page)).isZero();
            session.picture("narrow-traces-dark");
        }
    }

    @Test
    void coloursFollowTheSystemUntilChosen() throws IOException {
        try (BrowserSession session = chromium.wide(new Orders().take(0))) {
            Page page = session.page;
            Object light = page.evaluate("getComputedStyle(document.body).backgroundColor");
            page.getByRole(AriaRole.BUTTON).filter(named("◐")).click();
            page.getByRole(AriaRole.BUTTON).filter(named("☀")).click();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
            session.at("");
            assertThat(page.locator("#theme")).hasText("☾");
        }
    }

    private static void assertInside(Locator items, Locator frame) {
        BoundingBox around = frame.boundingBox();
        for (Locator item : items.all()) {
            BoundingBox box = item.boundingBox();
            assertThat(box.x).isBetween(around.x - 1, around.x + around.width - box.width + 1);
            assertThat(box.y).isBetween(around.y - 1, around.y + around.height - box.height + 1);
        }
    }

    /** The texts that do not fit into their elements. */
    private static List<?> cut(Page page, String selector) {
        return (List<?>) page.evaluate(
                "(selector) => [...document.querySelectorAll(selector)].filter((one) => one.scrollWidth > one.clientWidth)"
                        + ".map((one) => one.textContent)",
                selector);
    }

    /** By how many pixels the page is wider than its window. */
    private static int overflow(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
    }
}
