package virga.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The page as a person uses it, in a real browser. Skipped where the machine has no Chromium at {@link #CHROMIUM}. */
@Execution(ExecutionMode.SAME_THREAD)
final class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @BeforeAll
    static void chromiumIsInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no browser at " + CHROMIUM);
    }

    @Test
    void theMapTheTracesAndEachHopAreThere() throws IOException {
        try (Session session = new Session(new Orders().take(0).take(1).take(2), 1280, 800, ColorScheme.LIGHT)) {
            Page page = session.page;
            assertThat(page.locator("[data-node]")).hasCount(9);
            assertThat(page.locator("[data-node]").filter(named("ship")).filter(named("1 failed")))
                    .hasCount(1);
            assertThat(page.locator("[data-trace]")).hasCount(3);
            session.picture("map");
            page.locator("[data-trace]").last().click();
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.TREEITEM))
                    .hasCount(8);
            session.picture("trace");
            page.locator("[data-hop='take0/0']").click();
            assertThat(page.locator(".log li")).hasCount(3);
            assertThat(page.locator(".log")).containsText("order taken");
            assertThat(page.locator(".payloads")).containsText("\"statusCode\": 201");
            assertThat(page.locator(".cold-start")).containsText("unpack 12 ms");
            session.picture("hop");
        }
    }

    @Test
    void whatRecordsHoldIsShownAsTextAndNeverRuns() throws IOException {
        try (Session session = new Session(new Orders().take(0), 1280, 800, ColorScheme.LIGHT)) {
            session.page.locator("[data-trace]").first().click();
            session.page.locator("[data-hop='take0/0']").click();
            assertThat(session.page.locator(".log")).containsText(Orders.HOSTILE);
            assertThat(session.page.locator(".payloads")).containsText("<b>bold</b>");
            assertThat(session.page.locator(".log img, .log script, .payloads b"))
                    .hasCount(0);
            assertThat(session.page).hasTitle("Virga");
        }
    }

    @Test
    void aResourceLeavesTheTracesThatTouchIt() throws IOException {
        try (Session session = new Session(new Orders().take(0).take(1), 800, 900, ColorScheme.DARK)) {
            Page page = session.page;
            page.locator("[data-node='arn:aws:sqs:us-east-1:000000000000:shipments']")
                    .click();
            assertThat(page.locator("#filter")).containsText("touching shipments");
            assertThat(page.locator("[data-trace]")).hasCount(2);
            page.locator("[data-trace]").last().click();
            page.locator("[data-hop='ship0/0']").click();
            assertThat(page.locator(".message")).containsText("TypeError");
            session.picture("narrow-dark");
            page.locator("#filter").click();
            assertThat(page.locator("#filter")).isHidden();
        }
    }

    @Test
    void everythingIsReachedByKeyboard() throws IOException {
        try (Session session = new Session(new Orders().take(0), 1280, 800, ColorScheme.DARK)) {
            Page page = session.page;
            page.locator("[data-trace]").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("[data-hop]").first()).hasAttribute("tabindex", "0");
            page.locator("[data-hop]").first().focus();
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowRight");
            assertThat(page.locator(".log li")).hasCount(3);
            session.picture("dark");
            page.keyboard().press("ArrowLeft");
            assertThat(page.locator(".log")).hasCount(0);
        }
    }

    @Test
    void newTracesComeByThemselves() throws IOException {
        try (Session session = new Session(new Orders().take(0), 1280, 800, ColorScheme.LIGHT)) {
            assertThat(session.page.locator("[data-trace]")).hasCount(1);
            session.orders.take(1);
            assertThat(session.page.locator("[data-trace]")).hasCount(2);
        }
    }

    @Test
    void anEmptyEnvironmentSaysWhatToDo() throws IOException {
        try (Session session = new Session(new Orders().take(0), 1280, 800, ColorScheme.LIGHT)) {
            assertThat(session.page.locator("[data-trace]")).hasCount(1);
            session.page.locator("#environment").selectOption("empty");
            assertThat(session.page.locator(".empty")).containsText("./virga deploy");
            assertThat(session.page.locator("[data-trace]")).hasCount(0);
            session.picture("empty");
        }
    }

    @Test
    void aCloudThatHasGoneIsTold() throws IOException {
        try (Session session = new Session(new Orders().take(0), 1280, 800, ColorScheme.LIGHT)) {
            assertThat(session.page.locator("[data-trace]")).hasCount(1);
            session.server.stop(0);
            assertThat(session.page.locator("#problem")).containsText("does not answer");
            session.picture("gone");
        }
    }

    private static Locator.FilterOptions named(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    /** A browser on a console of its own. */
    private static final class Session implements AutoCloseable {
        final Orders orders;
        final HttpServer server;
        final Page page;
        private final Playwright playwright;
        private final List<String> errors = new CopyOnWriteArrayList<>();

        Session(Orders orders, int width, int height, ColorScheme scheme) throws IOException {
            this.orders = orders;
            ConsoleApi api = orders.api();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> serve(api, exchange));
            server.start();
            // Nothing is downloaded: the machine's own browser is driven.
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
            page = browser.newPage(
                    new Browser.NewPageOptions().setViewportSize(width, height).setColorScheme(scheme));
            page.onPageError(errors::add);
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + ConsoleApi.ROOT);
        }

        /** Keeps a picture beside the test's reports, for people to look at. */
        void picture(String name) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
        }

        private static void serve(ConsoleApi api, HttpExchange exchange) throws IOException {
            Map<String, String> query = new TreeMap<>();
            String raw = exchange.getRequestURI().getRawQuery();
            for (String parameter : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
                String[] parts = parameter.split("=", 2);
                query.put(parts[0], java.net.URLDecoder.decode(parts[1], java.nio.charset.StandardCharsets.UTF_8));
            }
            ConsoleAnswer answer =
                    api.handle(exchange.getRequestURI().getPath(), query).orElseThrow();
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), answer.body().length());
            try (var body = exchange.getResponseBody()) {
                body.write(answer.body().toArray());
            }
        }

        @Override
        public void close() {
            playwright.close();
            server.stop(0);
            orders.close();
            assertThat(new ArrayList<>(errors)).as("what the page threw").isEmpty();
        }
    }
}
