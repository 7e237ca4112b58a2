package virga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** A browser's window on a console of its own. Whatever the page throws fails the test when the session ends. */
final class BrowserSession implements AutoCloseable {
    final HttpServer server;
    final Page page;
    final Orders records;
    private final BrowserContext context;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private BrowserSession(Browser browser, Orders records, Browser.NewContextOptions window) throws IOException {
        this.records = records;
        ConsoleApi api = records.api();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(api, exchange));
        server.start();
        context = browser.newContext(window);
        page = context.newPage();
        page.onPageError(errors::add);
    }

    /** The machine's own Chromium, started once for a class of tests: it must be used by the thread that started it. */
    static final class Chromium implements AutoCloseable {
        private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

        private final Playwright playwright;
        private final Browser browser;

        private Chromium() {
            // Nothing is downloaded.
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(EXECUTABLE)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        }

        /** Skips the tests by name where the machine has none. */
        static Chromium start() {
            Assumptions.assumeTrue(Files.isExecutable(EXECUTABLE), "no browser at " + EXECUTABLE);
            // Machines that build are busy: a slow page is no wrong one.
            PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
            return new Chromium();
        }

        BrowserSession wide(Orders orders) throws IOException {
            return open(orders, 1440, 900, ColorScheme.LIGHT, "");
        }

        /** @param address behind the {@code #} of the page's */
        BrowserSession open(Orders orders, int width, int height, ColorScheme scheme, String address)
                throws IOException {
            Browser.NewContextOptions window = new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme);
            return new BrowserSession(browser, orders, window).at(address);
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    /** Opens the page anew, as a link from elsewhere does. */
    BrowserSession at(String address) {
        page.navigate("about:blank");
        page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + ConsoleApi.ROOT
                + (address.isEmpty() ? "" : "#" + address));
        return this;
    }

    Locator node(String name) {
        return page.locator("[data-node]").filter(named(name));
    }

    Locator hop(String key) {
        return page.locator("[data-hop='" + key + "']");
    }

    static Locator.FilterOptions named(String text) {
        return new Locator.FilterOptions().setHasText(text);
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
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
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
        context.close();
        server.stop(0);
        records.close();
        assertThat(new ArrayList<>(errors)).as("what the page threw").isEmpty();
    }
}
