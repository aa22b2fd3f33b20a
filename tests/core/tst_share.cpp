#include "core/paste/CurlCommand.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/CurlCommands.h"
#include "core/share/FetchText.h"
#include "core/share/Har.h"
#include "core/share/Format.h"
#include "core/share/HtmlReport.h"
#include "core/share/Link.h"
#include "core/share/Mermaid.h"
#include "core/share/SequenceLayout.h"
#include "core/share/SvgDiagram.h"
#include "core/trace/Walk.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace corscope;
using namespace corscope::share;

namespace {

struct Sent
{
    QString name; ///< title and action
    const Scenario& scenario;
    const Trace& trace;
    int action = 0;
};

struct Run
{
    Scenario scenario;
    Trace trace;
};

/// Every scenario of the library, run.
const std::vector<Run>& library()
{
    static const std::vector<Run> all = [] {
        std::vector<Run> runs;
        for (const auto& entry : scenariofile::library()) {
            auto scenario = scenariofile::load(entry.path);
            auto trace = runInProcess(*scenario);
            runs.push_back({std::move(scenario).value(), std::move(trace).value()});
        }
        return runs;
    }();
    return all;
}

/// Every send of every scenario of the library, run.
const std::vector<Sent>& librarySends()
{
    static const std::vector<Sent> all = [] {
        std::vector<Sent> sends;
        for (const auto& run : library())
            for (int i = 0; i < int(run.scenario.actions.size()); ++i)
                if (std::holds_alternative<SendAction>(run.scenario.actions[size_t(i)]))
                    sends.push_back({QStringLiteral("%1, action %2").arg(run.scenario.title).arg(i), run.scenario, run.trace, i});
        return sends;
    }();
    return all;
}

QByteArray verdictOf(const std::optional<SendOutcome>& outcome)
{
    if (!outcome)
        return "not run";
    if (!outcome->blocked)
        return outcome->visible == SendOutcome::Visible::Opaque ? "opaque" : "visible";
    return whyId(outcome->blocked->why) + (outcome->blocked->on == Blocked::On::Preflight ? " on the preflight" : "");
}

using Writer = QByteArray (*)(const Sent&, const SharedSend&);

QStringList notCarried(Writer write)
{
    QStringList lost;
    for (const auto& sent : librarySends()) {
        const auto send = sharedSend(sent.scenario, sent.trace, sent.action);
        const auto expected = verdictOf(*send->outcome);
        const auto report = paste::readPasted(write(sent, *send));
        const auto found = report ? verdictOf(report->outcome) : report.error().sentence().toUtf8();
        if (found != expected)
            lost.append(QStringLiteral("%1: %2, pasted back %3").arg(sent.name, QString::fromUtf8(expected), QString::fromUtf8(found)));
    }
    return lost;
}

/// What does not nest; empty where all does. Elements without an end are passed over.
QString unbalanced(const QByteArray& html)
{
    static const QSet<QString> empty{QStringLiteral("meta"), QStringLiteral("br"), QStringLiteral("input"), QStringLiteral("!DOCTYPE")};
    static const QRegularExpression tag(QStringLiteral("<(/?)(!?[A-Za-z][A-Za-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>"));
    auto text = QString::fromUtf8(html);
    static const QRegularExpression raw(QStringLiteral("(<(script|style)>).*?(</\\2>)"), QRegularExpression::DotMatchesEverythingOption);
    text.replace(raw, QStringLiteral("\\1\\3"));
    QStringList open;
    for (auto it = tag.globalMatch(text); it.hasNext();) {
        const auto found = it.next();
        if (empty.contains(found.captured(2)) || found.captured(3).endsWith(QLatin1Char('/')))
            continue;
        if (found.captured(1).isEmpty())
            open.append(found.captured(2));
        else if (open.isEmpty() || open.takeLast() != found.captured(2))
            return QStringLiteral("</%1> at %2").arg(found.captured(2)).arg(found.capturedStart());
    }
    return open.join(QLatin1Char(' '));
}

QString wellFormed(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? reader.errorString() : QString();
}

/// The first line that the grammar of Mermaid's sequence diagrams does not have.
QString mermaidProblem(const QString& text)
{
    static const QRegularExpression line(QStringLiteral(
        "^\\s*(participant L\\d+ as \\S.*|rect rgba\\([^()]*\\)|end|Note (over|right of) L\\d+: \\S.*|L\\d+(->>|-->>|--x)L\\d+: \\S.*)$"));
    static const QRegularExpression unescaped(QStringLiteral(";|#(?!\\d+;)"));
    const auto lines = text.trimmed().split(QLatin1Char('\n'));
    if (lines.front() != QLatin1String("sequenceDiagram"))
        return lines.front();
    int depth = 0;
    for (const auto& found : lines.mid(1)) {
        if (!line.match(found).hasMatch())
            return found;
        auto words = found;
        static const QRegularExpression entity(QStringLiteral("#\\d+;"));
        if (unescaped.match(words.remove(entity)).hasMatch())
            return found;
        depth += found.trimmed().startsWith(QLatin1String("rect")) - (found.trimmed() == QLatin1String("end"));
        if (depth < 0 || depth > 1)
            return found;
    }
    return depth ? QStringLiteral("rect without end") : QString();
}

/// Markup and line breaks wherever a scenario takes text.
Scenario hostile()
{
    const QByteArray bad = "</script><img src=x onerror=alert(1)>\"'`;#%%";
    Scenario scenario;
    scenario.title = QString::fromUtf8(bad);
    scenario.story = QString::fromUtf8(bad + "\n## injected\n```\n## injected");
    scenario.source = QStringLiteral("javascript:alert(1)");
    PageConfig page;
    page.id = "p" + bad;
    page.port = 8000;
    scenario.pages.push_back(page);
    ServerConfig server;
    server.id = "s" + bad;
    server.port = 5000;
    StageConfig stage;
    stage.kind = "raw-headers";
    stage.settings.insert(QStringLiteral("headers"), QJsonArray{QJsonValue(QJsonArray{QStringLiteral("X-Bad"), QString::fromUtf8(bad)})});
    server.pipeline.push_back(stage);
    RouteConfig route;
    route.method = "*";
    route.path = "*";
    route.headers = {{"Access-Control-Allow-Origin", bad}};
    route.body = bad + "\nalert(1)\n```\n## injected\n" + bad;
    route.effect = bad;
    server.routes.push_back(route);
    scenario.servers.push_back(server);
    SendAction send;
    send.page = page.id;
    send.call.url = "http://localhost:5000/items?x=</script><img>";
    send.call.method = "POST";
    send.call.headers = {{"Content-Type", "text/plain"}, {"Accept", "*/*;x=</script>"}};
    send.call.body = "\nalert(1)\n" + bad;
    scenario.actions.push_back(send);
    return scenario;
}

} // namespace

class TestShare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void harCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent& sent, const SharedSend& send) { return harFile(sent.scenario, send); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void curlCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return curlCommands(send, Shell::Posix); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void curlForWindowsCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return curlCommands(send, Shell::Windows); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void fetchCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return fetchText(send); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void linkIsTheWholeScenario()
    {
        static const QRegularExpression safe(QStringLiteral("^corscope:1:[A-Za-z0-9_-]+$"));
        qsizetype links = 0, files = 0;
        for (const auto& [scenario, trace] : library()) {
            const auto link = scenarioLink(scenario);
            QVERIFY(safe.match(QString::fromLatin1(link)).hasMatch());
            const auto again = scenarioOfLink(link);
            QVERIFY2(again.ok(), qPrintable(scenario.title));
            QCOMPARE(scenariofile::serialize(*again), scenariofile::serialize(scenario));
            links += link.size();
            files += scenariofile::serialize(scenario).size();
        }
        QVERIFY2(links * 3 < files, qPrintable(QStringLiteral("%1 of %2 bytes").arg(links).arg(files)));
    }

    void linkFoundInTextOpensTheScenario_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto link = scenarioLink(library().front().scenario);
        QTest::newRow("alone") << link;
        QTest::newRow("blanks around it") << QByteArray("\n  " + link + " \n");
        QTest::newRow("broken into lines by mail") << QByteArray(QByteArray(link).insert(60, "\r\n").insert(140, "\n"));
        QTest::newRow("in a sentence") << QByteArray("see corscope-cli run " + link + ", please");
        QTest::newRow("beside a console line") << QByteArray("Access to fetch at 'http://a.test/' from origin 'http://b.test' has been blocked by CORS policy: x\n" + link);
    }
    void linkFoundInTextOpensTheScenario()
    {
        QFETCH(QByteArray, text);
        const auto report = paste::readPasted(text);
        QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().sentence()));
        QCOMPARE(report->scenario, library().front().scenario);
        QVERIFY(report->outcome);
    }

    void damagedLinkIsRefusedInOneSentence_data()
    {
        QTest::addColumn<QByteArray>("link");
        const auto link = scenarioLink(library().front().scenario);
        QTest::newRow("cut off") << link.left(link.size() - 9);
        QTest::newRow("longer than it was") << QByteArray(link + "AAAA");
        auto other = link;
        other[link.size() / 2] = other[link.size() / 2] == 'A' ? 'B' : 'A';
        QTest::newRow("one letter changed") << other;
        other = link;
        other[12] = other[12] == 'A' ? 'B' : 'A';
        QTest::newRow("checksum changed") << other;
        QTest::newRow("foreign letter") << QByteArray(link + "!");
        QTest::newRow("of a later version") << QByteArray("corscope:2:AAAA");
        QTest::newRow("nothing in it") << QByteArray("corscope:1:");
        QTest::newRow("no link") << QByteArray("hello");
        auto large = library().front().scenario;
        large.story = QString(3 << 20, QLatin1Char('a'));
        QTest::newRow("small, and grows beyond a mebibyte") << scenarioLink(large);
    }
    void damagedLinkIsRefusedInOneSentence()
    {
        QFETCH(QByteArray, link);
        QVERIFY(link.size() < 20000);
        const auto scenario = scenarioOfLink(link);
        QVERIFY(!scenario.ok());
        QVERIFY(scenario.error().sentence().contains(QLatin1String("expected")));
    }

    void scenarioTooLargeForALinkSaysSo()
    {
        auto large = library().front().scenario;
        large.story = QString(3 << 20, QLatin1Char('a'));
        QVERIFY(!shared(Format::Link, large, *runInProcess(large)).ok());
    }

    void markdownOpensTheScenarioAgain()
    {
        for (const auto& [scenario, trace] : library()) {
            const auto text = shared(Format::Markdown, scenario, trace);
            if (!text) // nothing is sent
                continue;
            const auto report = paste::readPasted(*text);
            QVERIFY2(report.ok(), qPrintable(scenario.title));
            QCOMPARE(report->scenario, scenario);
            QCOMPARE(text->count("```mermaid"), 1);
            QCOMPARE(text->count("\n```") % 2, 0);
        }
    }

    void reportHasEveryStepAndLoadsNothing()
    {
        static const QRegularExpression loads(QStringLiteral("\\b(src|srcset|action|data|background|xlink:href)=|<(link|img|iframe|object|embed|base|use)\\b|url\\(|@import"));
        static const QRegularExpression links(QStringLiteral("<(\\w+)[^>]*\\shref=\"([^\"]*)\""));
        for (const auto& [scenario, trace] : library()) {
            const auto html = htmlReport(scenario, trace);
            QCOMPARE(html.count("<article "), trace.size());
            QCOMPARE(html.count("<g class=\"cs-row\""), qsizetype(walk::stops(trace, walk::Stops::Landmarks).size()));
            const auto text = QString::fromUtf8(html);
            QVERIFY2(!loads.match(text).hasMatch(), qPrintable(scenario.title + loads.match(text).captured()));
            for (auto it = links.globalMatch(text); it.hasNext();) {
                const auto link = it.next();
                QCOMPARE(link.captured(1), QStringLiteral("a"));
                QVERIFY(link.captured(2).startsWith(QLatin1Char('#')) || link.captured(2).startsWith(QLatin1String("http")));
            }
            const auto problem = unbalanced(html);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }

    void scriptAndStyleAreNamedByTheirHash()
    {
        const auto& sent = librarySends().front();
        const auto html = htmlReport(sent.scenario, sent.trace);
        for (const QByteArray tag : {"script", "style"}) {
            const auto from = html.indexOf(QByteArray('<' + tag + '>')) + tag.size() + 2;
            const auto inside = html.mid(from, html.indexOf(QByteArray("</" + tag + '>')) - from);
            QVERIFY(inside.size() > 100);
            QVERIFY(html.contains(QByteArray(tag + "-src 'sha256-" + QCryptographicHash::hash(inside, QCryptographicHash::Sha256).toBase64() + "'")));
        }
        QVERIFY(html.contains("default-src 'none'"));
        QVERIFY(!html.contains("unsafe-inline"));
    }

    void hostileTextStaysText()
    {
        const auto scenario = hostile();
        const auto trace = *runInProcess(scenario);
        const auto html = htmlReport(scenario, trace);
        QCOMPARE(html.count("<script"), 1);
        QCOMPARE(html.count("</script"), 1);
        QCOMPARE(html.count("<style"), 1);
        QCOMPARE(html.count("<img"), 0);
        QCOMPARE(html.count("href=\"javascript"), 0);
        QVERIFY(html.contains("&lt;/script&gt;&lt;img"));
        QVERIFY2(unbalanced(html).isEmpty(), qPrintable(unbalanced(html)));
        QVERIFY(wellFormed(svgDiagram(trace)).isEmpty());
        QVERIFY(mermaidProblem(mermaidDiagram(trace)).isEmpty());
        // Neither a comment nor a quoted word of a shell ends early.
        const auto send = *sharedSend(scenario, trace, 0);
        for (const auto& line : fetchText(send).split('\n'))
            QVERIFY2(!line.trimmed().startsWith("alert"), line.constData());
        const auto markdown = *shared(Format::Markdown, scenario, trace);
        QVERIFY(!markdown.split('\n').contains("## injected"));
    }

    void diagramsAreWellFormed()
    {
        for (const auto& [scenario, trace] : library()) {
            QVERIFY2(wellFormed(svgDiagram(trace)).isEmpty(), qPrintable(scenario.title));
            const auto problem = mermaidProblem(mermaidDiagram(trace));
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }

    void textStaysInsideItsBox()
    {
        for (const auto& [scenario, trace] : library()) {
            const auto layout = layoutSequence(trace);
            double bottom = 0;
            for (const auto& row : layout.rows) {
                QVERIFY(row.bounds.y >= bottom);
                bottom = row.bounds.bottom();
                for (const auto& line : row.lines) {
                    QVERIFY(line.x >= row.bounds.x && line.x + line.width <= row.bounds.right() + 1);
                    QVERIFY(line.baseline <= row.bounds.bottom());
                }
                QVERIFY(row.bounds.x >= 0 && row.bounds.right() <= layout.width);
            }
            QVERIFY(bottom <= layout.height);
        }
    }

    void wordsOfBothShellsComeBack_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("plain") << QByteArray("http://localhost:5000/items/1");
        QTest::newRow("blank and quotes") << QByteArray("{\"a\": \"it's\"}");
        QTest::newRow("signs of a shell") << QByteArray("a&b|c>d<e^f%PATH%g!h$HOME`i`(j)");
        QTest::newRow("backslashes") << QByteArray("C:\\a\\\"b\\\\");
        QTest::newRow("beyond ASCII") << QByteArray("caf\xc3\xa9");
    }
    void wordsOfBothShellsComeBack()
    {
        QFETCH(QByteArray, word);
        for (const auto shell : {Shell::Posix, Shell::Windows}) {
            Exchange exchange;
            exchange.url = "http://localhost/";
            exchange.request.method = "POST";
            exchange.request.headers = {{"Content-Type", "text/plain"}};
            exchange.request.body = word;
            const auto read = paste::readCurlCommand(QString::fromUtf8(curlCommand(exchange, {}, shell)), 0);
            QVERIFY(read.ok());
            QCOMPARE(read->call.body, std::optional(word));
        }
    }

    void comparisonHasNothingToSend()
    {
        const auto scenario = *scenariofile::load(QStringLiteral(":/scenarios/three-urls-three-origins.corscope"));
        const auto trace = *runInProcess(scenario);
        for (const auto& info : formats())
            QCOMPARE(shared(info.format, scenario, trace).ok(), !info.ofOneSend);
    }
};

QTEST_GUILESS_MAIN(TestShare)
#include "tst_share.moc"
