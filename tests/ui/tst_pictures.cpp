#include "tests/ui/PictureChecks.h"
#include "tests/ui/SampleTraces.h"
#include "ui/theme/Appearance.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/window/AboutDialog.h"

#include <QDir>
#include <QStandardPaths>

using namespace corscope;
using pictures::Camera;
using pictures::Scene;

/// Every state of the workspace as PNG files in the build folder, to be looked at, and held to what can be measured.
class TestPictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scene_data();
    void scene();
    void largeText_data();
    void largeText();
    void checksFindWhatIsWrong();

private:
    QStringList take(QWidget& widget, const QByteArray& name, Theme::Kind theme, const QSize& size);
    std::unique_ptr<WindowDriver> m_user;
    QDir m_folder{QStringLiteral(CORSCOPE_BINARY_DIR "/pictures")};
};

static Scene scenario(const char* name, const char* id, const std::function<void(WindowDriver&)>& before = {})
{
    return {name, [id, before](WindowDriver& user, const Camera& camera) {
                QVERIFY(user.window.openScenario(QLatin1String(id)).ok());
                if (before)
                    before(user);
                user.send();
                camera(user.window);
            }};
}

static Scene traced(const char* name, const std::shared_ptr<const Trace>& trace, TraceCursor::Start start)
{
    return {name, [trace, start](WindowDriver& user, const Camera& camera) {
                QVERIFY(user.window.openScenario(QStringLiteral("fastapi-list-of-origins")).ok());
                user.window.cursor().setTrace(trace, start);
                camera(user.window);
            }};
}

static QList<Scene> scenes()
{
    return {
        {"empty", [](WindowDriver& user, const Camera& camera) {
             QVERIFY(user.window.openScenario(QStringLiteral("fastapi-no-middleware")).ok());
             camera(user.window);
         }},
        scenario("blocked-simple", "fastapi-no-middleware"),
        scenario("blocked-preflight", "auth-answers-preflight"),
        scenario("allowed", "fastapi-put-json-preflight"),
        scenario("redirects", "redirected-page-is-called-null"),
        scenario("several-requests", "preflight-cache"),
        scenario("compared-origins", "three-urls-three-origins"),
        scenario("directives", "nginx-errors-lack-the-header"),
        scenario("opaque-page", "sandboxed-page-null-origin"),
        traced("forty-steps", samples::forty(), TraceCursor::Start::Last),
        traced("first-step", samples::blockedPreflight(), TraceCursor::Start::First),
        traced("long-names", samples::longNames(), TraceCursor::Start::Last),
        {"step-list", [](WindowDriver& user, const Camera& camera) {
             QVERIFY(user.window.openScenario(QStringLiteral("auth-answers-preflight")).ok());
             user.send();
             user.choose(QStringLiteral("exchangeChooser"), QStringLiteral("steps"));
             camera(user.window);
             user.choose(QStringLiteral("exchangeChooser"), QStringLiteral("diagram"));
         }},
        {"mistakes", [](WindowDriver& user, const Camera& camera) {
             QVERIFY(user.window.openScenario(QStringLiteral("fastapi-list-of-origins")).ok());
             user.type(QStringLiteral("serverPort"), QStringLiteral("99999"));
             auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
             code->setFocus();
             code->moveCursor(QTextCursor::Start);
             QTest::keyClicks(code, QStringLiteral("\"open"));
             QVERIFY(code->hasMistake());
             user.window.complain(QStringLiteral("broken.corscope: servers[0].origin: expected an origin, found 7"));
             camera(user.window);
         }},
        {"about", [](WindowDriver& user, const Camera& camera) {
             AboutDialog dialog(&user.window);
             dialog.show();
             camera(dialog);
         }},
    };
}

/// The test's own message would be cut.
static void report(const QStringList& wrong)
{
    for (const auto& sentence : wrong)
        qWarning("%s", qPrintable(sentence));
    QVERIFY2(wrong.isEmpty(), qPrintable(QString::number(wrong.size()) + QStringLiteral(" things are wrong")));
}

static const std::pair<Theme::Kind, const char*> themes[] = {
    {Theme::Kind::Light, "light"}, {Theme::Kind::Dark, "dark"}, {Theme::Kind::HighContrast, "contrast"}};

void TestPictures::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QVERIFY(m_folder.mkpath(QStringLiteral(".")));
    m_user = std::make_unique<WindowDriver>();
}

QStringList TestPictures::take(QWidget& widget, const QByteArray& name, Theme::Kind theme, const QSize& size)
{
    auto& appearance = m_user->window.appearance();
    if (appearance.theme() != theme)
        appearance.choose(Appearance::fixed(theme));
    QStringList wrong;
    if (&widget == &m_user->window) {
        widget.resize(size);
        if (widget.size() != size)
            wrong.append(QStringLiteral("the window needs %1x%2").arg(widget.width()).arg(widget.height()));
    }
    for (int i = 0; i < 6; ++i) // layouts settle
        QCoreApplication::processEvents();
    for (int i = 0; i < 15 && !pictures::clippedText(widget).isEmpty(); ++i) // a preview may be on its way
        QTest::qWait(20);
    if (auto* tabs = widget.findChild<QTabBar*>(QStringLiteral("columnTabs")); tabs && tabs->isVisible() && appearance.textSize() == 100)
        wrong.append(QStringLiteral("the columns do not fit side by side"));
    const auto image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const auto path = m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".png"));
    if (!image.save(path, "PNG", 80))
        wrong.append(QStringLiteral("cannot be written"));
    wrong += pictures::clippedText(widget) + pictures::diagramOverlaps(widget) + pictures::lowContrast(widget, image);
    for (auto& sentence : wrong)
        sentence.prepend(QString::fromLatin1(name) + QStringLiteral(": "));
    return wrong;
}

void TestPictures::scene_data()
{
    QTest::addColumn<Scene>("scene");
    for (const auto& scene : scenes())
        QTest::newRow(scene.name.constData()) << scene;
}

void TestPictures::scene()
{
    QFETCH(Scene, scene);
    QStringList wrong;
    int taken = 0;
    const Camera camera = [&](QWidget& widget) {
        const bool dialog = &widget != &m_user->window;
        for (const auto& [theme, themeName] : themes)
            for (const auto& size : {QSize(1280, 720), QSize(1440, 900)}) {
                if (dialog && size.width() > 1280)
                    continue;
                ++taken;
                wrong += take(widget, QByteArray(scene.name + '-' + QByteArray::number(size.width()) + '-' + themeName), theme, size);
            }
    };
    scene.show(*m_user, camera);
    QVERIFY(taken > 0);
    report(wrong);
}

void TestPictures::largeText_data()
{
    QTest::addColumn<int>("percent");
    QTest::newRow("a little larger") << 125;
    QTest::newRow("half as large again") << 150;
    QTest::newRow("twice as large") << 200;
}

void TestPictures::largeText()
{
    QFETCH(int, percent);
    QVERIFY(m_user->window.openScenario(QStringLiteral("auth-answers-preflight")).ok());
    m_user->send();
    m_user->window.appearance().setTextSize(percent);
    QStringList wrong;
    for (const auto& size : {QSize(1280, 720), QSize(1440, 900)})
        wrong += take(m_user->window, QByteArray("text-" + QByteArray::number(percent) + '-' + QByteArray::number(size.width())),
                      Theme::Kind::Light, size);
    m_user->window.appearance().setTextSize(100);
    report(wrong);
}

void TestPictures::checksFindWhatIsWrong()
{
    QWidget root;
    root.resize(300, 200);
    root.setStyleSheet(QStringLiteral("background: #ffffff;"));
    QLabel clipped(QStringLiteral("A sentence that has no room"), &root);
    clipped.setGeometry(10, 10, 40, 20);
    QLabel pale(QStringLiteral("Pale"), &root);
    pale.setStyleSheet(QStringLiteral("color: #999999;"));
    pale.setGeometry(10, 50, 100, 20);
    QLabel cut(QStringLiteral("Outside"), &root);
    cut.setGeometry(260, 90, 100, 20);
    QLabel one(QStringLiteral("One on"), &root), other(QStringLiteral("the other"), &root);
    one.setGeometry(10, 120, 100, 20);
    other.setGeometry(20, 125, 100, 20);
    root.show();
    QCoreApplication::processEvents();
    const auto text = pictures::clippedText(root).join(u'\n');
    QVERIFY2(text.contains(QStringLiteral("clipped: QLabel  “A sentence")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("cut by its parent: QLabel  “Outside”")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("overlap")), qPrintable(text));
    QCOMPARE(text.count(u'\n'), 2);
    const auto contrast = pictures::lowContrast(root, root.grab().toImage().convertToFormat(QImage::Format_RGB32));
    QCOMPARE(contrast.size(), 1);
    QVERIFY2(contrast[0].contains(QStringLiteral("Pale")), qPrintable(contrast[0]));
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
