#include "tests/core/FaultyServer.h"
#include "tests/core/Servers.h"

#include "core/backend/SocketServer.h"
#include "core/explain/WhyText.h"
#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"

#include <QTemporaryDir>

using namespace corscope;
using namespace corscope::testing;
using namespace std::chrono_literals;
using Break = FaultyServer::Break;
using Exchange = FaultyServer::Exchange;
using Plan = FaultyServer::Plan;

namespace {

const QByteArray preflightAnswer = "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\n"
                                   "Access-Control-Allow-Methods: PATCH\r\nContent-Length: 0\r\n\r\n";
const QByteArray okay = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n";
const QByteArray body = "0123456789";
const QByteArray withLength = okay + "Content-Length: 10\r\n\r\n" + body;
const QByteArray inChunks = okay + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n";
const QByteArray untilClose = okay + "\r\n" + body;

qsizetype headerEnd(const QByteArray& answer) { return answer.indexOf("\r\n\r\n") + 4; }

/// A page at one origin sends one byte to another: preflight and request, which is not sent again where it fails.
Scenario patchAcross()
{
    Scenario scenario;
    PageConfig page;
    page.id = "app";
    page.host = "app.example";
    FetchCall call;
    call.url = "http://api.example:5000/x";
    call.method = "PATCH";
    call.body = "x";
    scenario.pages = {page};
    scenario.actions = {SendAction{"app", call}};
    return scenario;
}

struct Run
{
    Trace trace;
    SendOutcome outcome;
    int connections = 0;
    int preflights = 0;
    int requests = 0;

    std::optional<Why> why() const { return outcome.blocked ? std::optional(outcome.blocked->why) : std::nullopt; }
};

/// The trace of a whole run: every message that left got an answer or a reason, every step stands in an algorithm that
/// began before it, and the verdict points at the step that gave its reason.
QByteArray whatIsIncomplete(const Run& run)
{
    const auto& trace = run.trace;
    if (trace.outcomes.size() != 1 || trace.steps.empty())
        return "no outcome";
    int open = 0;
    for (int i = 0; i < trace.size(); ++i) {
        const auto& step = trace.at(i);
        if (step.index != i || step.parent >= i || (step.parent >= 0 && trace.at(step.parent).kind != StepKind::Enter))
            return "step " + QByteArray::number(i) + " stands nowhere";
        if (step.at.algorithm == Algorithm::Wire && step.at.step == "request")
            ++open;
        if (step.at.algorithm == Algorithm::Wire && (step.at.step == "response" || step.at.step == "failure") && open > 0)
            --open;
    }
    if (open != 0)
        return "a request without an end";
    if (run.outcome.blocked) {
        const int at = run.outcome.blockedStep;
        if (at < 0 || at >= trace.size() || !trace.at(at).blocked || trace.at(at).blocked->why != run.outcome.blocked->why)
            return "the verdict points at no step that gives its reason";
    }
    return {};
}

Run runOver(const NameMap& names, const Scenario& scenario, Milliseconds timeout, const QList<QSslCertificate>& trusted = {})
{
    Browser browser;
    const auto backend = backendOf({});
    SocketNetwork network(names, {trusted, timeout});
    Runner runner(browser, *backend, network);
    Recorder recorder;
    Run run;
    run.trace = runner.run(scenario, recorder);
    run.outcome = *run.trace.lastSend();
    return run;
}

Run runAgainst(const QByteArray& answer, const Plan& plan, Milliseconds timeout = 10s)
{
    FaultyServer server(preflightAnswer, answer, plan);
    NameMap names;
    names.add("http", "api.example", 5000, {"http", QHostAddress(QHostAddress::LocalHost), server.port(), nullptr, nullptr});
    auto run = runOver(names, patchAcross(), timeout);
    run.connections = server.connections();
    run.preflights = server.count(FaultyServer::Preflight);
    run.requests = server.count(FaultyServer::Request);
    return run;
}

/// Runs one claim for every offset, several at a time: most of a run is waiting.
template<typename Claim>
QByteArray forEveryOffset(qsizetype from, qsizetype to, Claim claim, int threads = 4)
{
    std::atomic<qsizetype> next = from;
    std::mutex mutex;
    QByteArray trouble;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i)
        workers.emplace_back([&] {
            for (auto offset = next++; offset < to; offset = next++) {
                const QByteArray wrong = claim(offset);
                if (wrong.isEmpty())
                    continue;
                const std::lock_guard lock(mutex);
                if (trouble.isEmpty())
                    trouble = "at byte " + QByteArray::number(offset) + ": " + wrong;
            }
        });
    for (auto& worker : workers)
        worker.join();
    return trouble;
}

QByteArray described(const Run& run)
{
    const auto& page = run.outcome.page;
    return (run.why() ? whyId(*run.why()) : QByteArray("allowed")) + ", body " + page.body.value_or("none") + ' '
        + bodyErrorId(page.bodyError) + ", " + QByteArray::number(run.preflights) + " preflights, "
        + QByteArray::number(run.requests) + " requests, " + QByteArray::number(run.connections) + " connections";
}

/// Whether that much of an answer is a header to its reader once the server has closed: whole lines are, although the
/// empty one behind them is missing.
bool isHeaderAtTheEnd(const QByteArray& answer, qsizetype size)
{
    return size >= headerEnd(answer) || answer.first(size).endsWith('\n');
}

/// \returns what differs from a failure before the response's header was there.
QByteArray expectFailure(const Run& run, Why why)
{
    if (const auto gap = whatIsIncomplete(run); !gap.isEmpty())
        return gap;
    const bool right = run.why() == why && run.outcome.visible == SendOutcome::Visible::No
        && run.outcome.page.promise == PageView::Promise::Rejected;
    return right ? QByteArray() : QByteArray("expected " + whyId(why) + ", found " + described(run));
}

QByteArray expectResponse(const Run& run, BodyError error)
{
    if (const auto gap = whatIsIncomplete(run); !gap.isEmpty())
        return gap;
    const bool right = !run.why() && run.outcome.visible == SendOutcome::Visible::Yes && run.outcome.page.status == 200
        && run.outcome.page.bodyError == error;
    return right ? QByteArray() : QByteArray("expected a response with body error " + bodyErrorId(error) + ", found " + described(run));
}

QByteArray nameOf(Break how)
{
    return how == Break::Close ? "closed" : how == Break::Reset ? "reset" : how == Break::Hang ? "silent" : "late";
}

Why reasonFor(Break how)
{
    return how == Break::Close ? Why::ConnectionClosed : how == Break::Reset ? Why::ConnectionReset : Why::TimedOut;
}

/// A certificate that is good in all but one thing.
Credentials credentials(const QString& directory, const QByteArray& host, const QDateTime& madeAt = QDateTime::currentDateTimeUtc())
{
    const auto authority = CertificateAuthority::open(directory, madeAt);
    return authority.value()->issue(host).value();
}

} // namespace

/// What the browser's end makes of a server that breaks off: at every byte, in both directions.
class TestWireFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeAnswersAreWhole()
    {
        for (const auto& answer : {withLength, inChunks, untilClose}) {
            const auto run = runAgainst(answer, {});
            QCOMPARE(expectResponse(run, BodyError::None), "");
            QCOMPARE(run.outcome.page.body, body);
            QCOMPARE(run.connections, 1);
        }
    }

    void preflightAnswerBreaksAnywhere_data()
    {
        QTest::addColumn<Break>("how");
        for (const auto how : {Break::Close, Break::Reset, Break::Pause})
            QTest::newRow(nameOf(how)) << how;
    }
    void preflightAnswerBreaksAnywhere()
    {
        QFETCH(Break, how);
        const auto trouble = forEveryOffset(0, preflightAnswer.size(), [&](qsizetype offset) -> QByteArray {
            const auto run = runAgainst(withLength, {Exchange::Preflight, how, offset});
            const auto cut = preflightAnswer.first(offset);
            const bool allows = how == Break::Pause || (how == Break::Close && cut.contains("PATCH\r\n") && cut.endsWith('\n'));
            QByteArray wrong;
            if (allows)
                wrong = expectResponse(run, BodyError::None);
            else if (how == Break::Close && cut.endsWith('\n')) // a header that lacks what allows
                wrong = expectFailure(run, cut.contains("Origin") ? Why::MethodNotAllowed : Why::MissingAllowOrigin);
            else
                wrong = expectFailure(run, reasonFor(how));
            if (!wrong.isEmpty())
                return wrong;
            const bool right = run.preflights == 1 && run.requests == (allows ? 1 : 0) && run.outcome.requestSent == allows;
            return right ? QByteArray() : described(run);
        });
        QCOMPARE(trouble, "");
    }

    void answerBreaksAnywhere_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Break>("how");
        for (const auto how : {Break::Close, Break::Reset, Break::Pause}) {
            QTest::addRow("length, %s", nameOf(how).constData()) << withLength << how;
            QTest::addRow("chunks, %s", nameOf(how).constData()) << inChunks << how;
            QTest::addRow("until close, %s", nameOf(how).constData()) << untilClose << how;
        }
    }
    void answerBreaksAnywhere()
    {
        QFETCH(QByteArray, answer);
        QFETCH(Break, how);
        const auto trouble = forEveryOffset(0, answer.size(), [&](qsizetype offset) -> QByteArray {
            const auto run = runAgainst(answer, {Exchange::Request, how, offset});
            const bool isHeader = how == Break::Close ? isHeaderAtTheEnd(answer, offset) : offset >= headerEnd(answer);
            const auto cut = answer.first(offset);
            const bool hasLength = cut.contains("Length: 10\r\n") || cut.contains("chunked\r\n");
            QByteArray wrong;
            if (how == Break::Pause)
                wrong = expectResponse(run, BodyError::None);
            else if (!isHeader)
                wrong = expectFailure(run, reasonFor(how));
            else if (!cut.contains("Origin: *\r\n"))
                wrong = expectFailure(run, Why::MissingAllowOrigin);
            else if (!hasLength && how == Break::Close) // such a body cannot be known to lack anything
                wrong = expectResponse(run, BodyError::None);
            else
                wrong = expectResponse(run, how == Break::Close ? BodyError::Closed : BodyError::Reset);
            if (!wrong.isEmpty())
                return wrong;
            if (how == Break::Pause)
                return run.outcome.page.body == body ? QByteArray() : described(run);
            // The connection was used for the preflight: what fails on it before any answer is sent once more.
            const bool right = run.preflights == 1 && run.requests == (offset == 0 ? 2 : 1) && run.outcome.requestSent;
            return right ? QByteArray() : described(run);
        });
        QCOMPARE(trouble, "");
    }

    void silenceAnywhereEnds_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Exchange>("exchange");
        QTest::newRow("preflight") << withLength << Exchange::Preflight;
        QTest::newRow("length") << withLength << Exchange::Request;
        QTest::newRow("chunks") << inChunks << Exchange::Request;
        QTest::newRow("until close") << untilClose << Exchange::Request;
    }
    void silenceAnywhereEnds()
    {
        QFETCH(QByteArray, answer);
        QFETCH(Exchange, exchange);
        const auto& broken = exchange == Exchange::Preflight ? preflightAnswer : answer;
        const auto trouble = forEveryOffset(0, broken.size(), [&](qsizetype offset) {
            const auto run = runAgainst(answer, {exchange, Break::Hang, offset}, 250ms);
            return offset < headerEnd(broken) ? expectFailure(run, Why::TimedOut) : expectResponse(run, BodyError::TimedOut);
        }, 160);
        QCOMPARE(trouble, "");
    }

    /// The server reads so many bytes of what is sent, and closes with the rest unread.
    void requestIsCutOffAnywhere_data()
    {
        QTest::addColumn<Exchange>("exchange");
        QTest::addColumn<int>("sends");
        QTest::newRow("preflight") << Exchange::Preflight << 1;
        QTest::newRow("request") << Exchange::Request << 2; // on a kept connection, so once more
    }
    void requestIsCutOffAnywhere()
    {
        QFETCH(Exchange, exchange);
        QFETCH(int, sends);
        const auto whole = runAgainst(withLength, {});
        qsizetype size = 0;
        for (const auto& step : whole.trace.steps)
            if (step->at.algorithm == Algorithm::Wire && step->at.step == "request"
                && step->message->request().isCorsPreflight() == (exchange == Exchange::Preflight))
                size = serialize(step->message->request()).size();
        QVERIFY(size > 50);
        const auto trouble = forEveryOffset(0, size, [&](qsizetype offset) -> QByteArray {
            const auto run = runAgainst(withLength, {exchange, Break::CloseUnread, offset});
            const auto wrong = expectFailure(run, Why::ConnectionReset);
            if (!wrong.isEmpty())
                return wrong;
            const int found = exchange == Exchange::Preflight ? run.preflights : run.requests;
            return found == sends ? QByteArray() : described(run);
        });
        QCOMPARE(trouble, "");
    }

    void serverThatGoesBetweenPreflightAndRequest()
    {
        const auto closing = QByteArray(preflightAnswer).replace("Content-Length: 0", "Content-Length: 0\r\nConnection: close");
        FaultyServer server(closing, withLength, {Exchange::Request, Break::Nowhere, 0, false, true});
        NameMap names;
        names.add("http", "api.example", 5000, {"http", QHostAddress(QHostAddress::LocalHost), server.port(), nullptr, nullptr});
        const auto run = runOver(names, patchAcross(), 10s);
        QCOMPARE(expectFailure(run, Why::ConnectionRefused), "");
        QCOMPARE(server.count(FaultyServer::Preflight), 1);
        QVERIFY(!run.outcome.requestSent);
    }

    void keptConnectionIsNotPoisonedByAFault_data()
    {
        QTest::addColumn<Break>("how");
        QTest::addColumn<qsizetype>("offset");
        for (const auto how : {Break::Close, Break::Reset, Break::Hang})
            for (const qsizetype offset : {qsizetype(20), headerEnd(withLength) + 4})
                QTest::addRow("%s at %d", nameOf(how).constData(), int(offset)) << how << offset;
    }
    void keptConnectionIsNotPoisonedByAFault()
    {
        QFETCH(Break, how);
        QFETCH(qsizetype, offset);
        FaultyServer server(preflightAnswer, withLength, {Exchange::Request, how, offset, true});
        NameMap names;
        names.add("http", "api.example", 5000, {"http", QHostAddress(QHostAddress::LocalHost), server.port(), nullptr, nullptr});
        Browser browser;
        const auto backend = backendOf({});
        SocketNetwork network(names, {{}, how == Break::Hang ? 400ms : 10s});
        Runner runner(browser, *backend, network);
        Recorder first;
        QVERIFY(runner.run(patchAcross(), first).lastSend()->page.bodyError != BodyError::None || offset < headerEnd(withLength));
        for (int i = 0; i < 3; ++i) {
            Recorder recorder;
            const auto trace = runner.run(patchAcross(), recorder);
            QVERIFY(trace.lastSend()->allowed());
            QCOMPARE(trace.lastSend()->page.body, body);
        }
        QCOMPARE(server.connections(), 2);
    }

    void certificatesAreRefusedForTheirReason_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("daysAgo");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QByteArray>("offender");
        QTest::newRow("good") << QByteArray("api.example") << 0 << true << QByteArray();
        QTest::newRow("expired") << QByteArray("api.example") << 100 << true << QByteArray("a certificate that has expired");
        QTest::newRow("of another host") << QByteArray("www.example") << 0 << true << QByteArray("a certificate for another host");
        QTest::newRow("of an unknown authority") << QByteArray("api.example") << 0 << false << QByteArray("a certificate of an unknown authority");
    }
    void certificatesAreRefusedForTheirReason()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, daysAgo);
        QFETCH(bool, trusted);
        QFETCH(QByteArray, offender);
        QTemporaryDir folder;
        const auto made = QDateTime::currentDateTimeUtc().addDays(-daysAgo);
        SocketServer::Options options;
        options.portPolicy = PortPolicy::Free;
        options.credentials = credentials(folder.path(), host, made);
        auto config = serverConfig("api", "https", "api.example", 443);
        const auto server = SocketServer::start(Server::create(config).value(), options);
        QVERIFY(server.ok());
        NameMap names;
        names.add("https", "api.example", 443, {"https", QHostAddress(QHostAddress::LocalHost), (*server)->port(), nullptr, nullptr});
        auto scenario = patchAcross();
        FetchCall call;
        call.url = "https://api.example/items/1";
        scenario.actions = {SendAction{"app", call}};
        const auto authority = CertificateAuthority::open(folder.path(), made).value()->certificate();
        const auto run = runOver(names, scenario, 10s, trusted ? QList<QSslCertificate>{authority} : QList<QSslCertificate>());
        if (offender.isEmpty()) {
            QCOMPARE(run.why(), Why::MissingAllowOrigin); // an answer came
            return;
        }
        QCOMPARE(expectFailure(run, Why::TlsFailure), "");
        QCOMPARE(run.outcome.blocked->offender, offender);
        const auto words = explain::reason(*run.outcome.blocked, run.outcome);
        QVERIFY2(words.contains(QString::fromLatin1(offender)), qPrintable(words));
        QVERIFY((*server)->server()->accessLog().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWireFaults)
#include "tst_wirefaults.moc"
