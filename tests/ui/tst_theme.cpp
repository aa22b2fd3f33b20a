#include "ui/theme/Appearance.h"
#include "ui/theme/Chip.h"

#include <QApplication>
#include <QFontInfo>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace corscope;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void linesOfControlsAreVisible_data() { textIsReadable_data(); }
    void linesOfControlsAreVisible();
    void contrastIsWcags();
    void looksFollowThemeAndProperties();
    void widgetsFindTheThemeThatIsPutOn();
    void fixedFontIsFixed();
    void followsTheSystemAtStartAndWhileRunning();
    void chosenThemeDoesNotFollow();
    void textGrowsAndComesBackTheSame();
};

Q_DECLARE_METATYPE(Theme::Kind)

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<Theme::Kind>("kind");
    QTest::newRow("light") << Theme::Kind::Light;
    QTest::newRow("dark") << Theme::Kind::Dark;
    QTest::newRow("high contrast") << Theme::Kind::HighContrast;
}

void TestTheme::textIsReadable()
{
    QFETCH(Theme::Kind, kind);
    const auto pairs = Theme::named(kind).textPairs();
    QVERIFY(pairs.size() > 40);
    QStringList unreadable;
    for (const auto& pair : pairs)
        if (Theme::contrast(pair.text, pair.background) < (kind == Theme::Kind::HighContrast ? 7 : 4.5))
            unreadable.append(pair.name + QStringLiteral(" %1 on %2: %3").arg(pair.text.name(), pair.background.name())
                                  .arg(Theme::contrast(pair.text, pair.background)));
    QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable.join(QLatin1Char('\n'))));
}

void TestTheme::linesOfControlsAreVisible()
{
    QFETCH(Theme::Kind, kind);
    const auto theme = Theme::named(kind);
    QVERIFY(Theme::contrast(theme.fieldBorder, theme.field) >= 3);
    QVERIFY(Theme::contrast(theme.fieldBorder, theme.panel) >= 3);
    QVERIFY(Theme::contrast(theme.focus, theme.panel) >= 3);
    QVERIFY(Theme::contrast(theme.block.line, theme.block.fill) >= 3);
    QVERIFY(Theme::contrast(theme.allow.line, theme.panel) >= 3);
}

void TestTheme::contrastIsWcags()
{
    QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::white) * 100), 100);
    QCOMPARE(qRound(Theme::contrast(QColor(0x76, 0x76, 0x76), Qt::white) * 100), 454); // the well-known limit for AA
}

/// A widget that is in sight changes with the theme, and with what its properties say.
void TestTheme::looksFollowThemeAndProperties()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* badge = new QLabel(QStringLiteral("x"));
    badge->setProperty("role", QStringLiteral("badge"));
    badge->setProperty("look", QStringLiteral("allow"));
    column->addWidget(badge);
    const auto ground = [&] { return window.grab().toImage().pixelColor(badge->geometry().center() - QPoint(0, badge->height() / 2 - 3)); };
    Theme::light().apply(*qApp);
    window.show();
    QCOMPARE(ground(), Theme::light().allow.fill);
    Theme::dark().apply(*qApp);
    QCOMPARE(ground(), Theme::dark().allow.fill);
    QCOMPARE(badge->palette().color(badge->foregroundRole()), Theme::dark().allow.text);
    setLook(*badge, "look", QStringLiteral("block"));
    QCOMPARE(ground(), Theme::dark().block.fill);
    QCOMPARE(badge->palette().color(badge->foregroundRole()), Theme::dark().block.text);
}

void TestTheme::widgetsFindTheThemeThatIsPutOn()
{
    for (const auto kind : {Theme::Kind::Dark, Theme::Kind::HighContrast, Theme::Kind::Light}) {
        Theme::named(kind).apply(*qApp);
        QLabel label(QStringLiteral("x"));
        label.setProperty("role", QStringLiteral("badge"));
        label.ensurePolished();
        QVERIFY(Theme::of(label).kind == kind);
    }
}

void TestTheme::fixedFontIsFixed()
{
    const QFontMetricsF metrics(Theme::fixedFont());
    QCOMPARE(metrics.horizontalAdvance(QLatin1Char('i')), metrics.horizontalAdvance(QLatin1Char('W')));
}

void TestTheme::followsTheSystemAtStartAndWhileRunning()
{
    auto system = Theme::Kind::Dark;
    Appearance appearance(*qApp, Appearance::Choice::System, 100, [&] { return system; });
    QCOMPARE(appearance.theme(), Theme::Kind::Dark);
    QWidget window;
    window.show();
    QVERIFY(Theme::of(window).kind == Theme::Kind::Dark);
    system = Theme::Kind::Light;
    QSignalSpy changed(&appearance, &Appearance::changed);
    QEvent told(QEvent::ThemeChange); // what the platform sends
    QCoreApplication::sendEvent(&window, &told);
    QTRY_COMPARE(changed.count(), 1);
    QTRY_VERIFY(Theme::of(window).kind == Theme::Kind::Light); // windows are told by an event of their own
}

void TestTheme::chosenThemeDoesNotFollow()
{
    int asked = 0;
    Appearance appearance(*qApp, Appearance::Choice::HighContrast, 100, [&] { ++asked; return Theme::Kind::Dark; });
    QWidget window;
    window.show();
    QEvent told(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &told);
    QCoreApplication::processEvents();
    QCOMPARE(appearance.theme(), Theme::Kind::HighContrast);
    QCOMPARE(asked, 0);
    appearance.choose(Appearance::Choice::System);
    QCOMPARE(appearance.theme(), Theme::Kind::Dark);
}

/// What is built at one size looks at another as if it had been built there.
void TestTheme::textGrowsAndComesBackTheSame()
{
    Appearance appearance(*qApp, Appearance::Choice::Light, 100);
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* line = new QLineEdit(QStringLiteral("http://localhost:8000"));
    line->setFont(Theme::fixedLike(line->font()));
    line->setMinimumWidth(120);
    auto* label = new QLabel(QStringLiteral("Page"));
    column->addWidget(label);
    column->addWidget(line);
    column->setContentsMargins(12, 12, 12, 12);
    window.show();
    const double before = line->font().pointSizeF();
    appearance.setTextSize(150);
    QCoreApplication::processEvents(); // widgets are told of the application's font
    QCOMPARE(label->font().pointSizeF(), before * 1.5);
    QCOMPARE(line->font().pointSizeF(), before * 1.5);
    QVERIFY(QFontInfo(line->font()).fixedPitch());
    QCOMPARE(line->minimumWidth(), 180);
    QCOMPARE(column->contentsMargins().left(), 18);
    appearance.choose(Appearance::Choice::Dark); // a style put on anew takes no font back
    QCOMPARE(line->font().pointSizeF(), before * 1.5);
    appearance.reduce();
    QCOMPARE(appearance.textSize(), 125);
    appearance.setTextSize(40);
    QCOMPARE(appearance.textSize(), 100);
    QCOMPARE(line->font().pointSizeF(), before);
    QCOMPARE(line->minimumWidth(), 120);
    QCOMPARE(column->contentsMargins().left(), 12);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
