#include "ui/present/SpeakerWindow.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "ui/present/Enlarged.h"
#include "ui/present/Presentation.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Card.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSignalBlocker>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <chrono>

namespace corscope {

static QString notesOf(const Scenario& scenario, std::optional<int> action)
{
    QStringList texts;
    for (const auto& note : scenario.notes)
        if (note.action == action)
            texts.append(note.text);
    return texts.join(QStringLiteral("\n\n"));
}

static QTextBrowser* browser(const char* id, const QString& name)
{
    auto* result = new QTextBrowser;
    result->setObjectName(QLatin1String(id));
    result->setAccessibleName(name);
    result->setFont(enlarged(result->font(), 1.15));
    return result;
}

static QPlainTextEdit* notes(const char* id, const QString& name, const QString& hint)
{
    auto* result = new QPlainTextEdit;
    result->setObjectName(QLatin1String(id));
    result->setAccessibleName(name);
    result->setPlaceholderText(hint);
    result->setTabChangesFocus(true);
    result->setFont(enlarged(result->font(), 1.3));
    return result;
}

SpeakerWindow::SpeakerWindow(ScenarioDocument& document, Presentation& presentation, QWidget* parent)
    : QWidget(parent, Qt::Window), m_document(document), m_presentation(presentation), m_time(new QLabel),
      m_place(new QLabel), m_now(browser("speakerNow", tr("Now"))), m_next(browser("speakerNext", tr("Next"))),
      m_notes(notes("speakerNotes", tr("Notes"), tr("What to say about this scenario. It is kept in its file."))),
      m_actionNotes(notes("speakerActionNotes", tr("Notes on this action"), tr("What to say while this action runs."))),
      m_actionTitle(new QLabel)
{
    setObjectName(QStringLiteral("speaker"));
    setWindowTitle(tr("Speaker notes — Corscope"));
    const int em = fontMetrics().height();
    m_time->setObjectName(QStringLiteral("speakerTime"));
    m_time->setFont(enlarged(m_time->font(), 1.8));
    m_time->setAccessibleName(tr("Time since the start"));
    m_place->setObjectName(QStringLiteral("speakerPlace"));
    m_place->setFont(enlarged(m_place->font(), 1.3));
    auto* reset = new QPushButton(tr("Restart the clock"));
    reset->setAutoDefault(false);
    connect(reset, &QPushButton::clicked, this, [this] {
        m_presentation.resetClock();
        showTime();
    });
    auto* head = new QHBoxLayout;
    head->addWidget(m_time);
    head->addSpacing(em);
    head->addWidget(m_place, 1);
    head->addWidget(reset);
    auto* now = new Card(tr("Now, with its answer"));
    now->body()->addWidget(m_now);
    auto* next = new Card(tr("Next"));
    next->body()->addWidget(m_next);
    auto* steps = new QVBoxLayout;
    steps->setSpacing(em / 2);
    steps->addWidget(now, 3);
    steps->addWidget(next, 2);
    m_actionTitle->setProperty("role", QStringLiteral("muted"));
    auto* words = new Card(tr("Notes"));
    words->body()->addWidget(m_notes, 3);
    words->body()->addWidget(m_actionTitle);
    words->body()->addWidget(m_actionNotes, 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(em / 2);
    row->addLayout(steps, 1);
    row->addWidget(words, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addLayout(row, 1);
    resize(em * 48, em * 30);

    connect(m_notes, &QPlainTextEdit::textChanged, this, [this] { takeNotes(std::nullopt, m_notes->toPlainText()); });
    connect(m_actionNotes, &QPlainTextEdit::textChanged, this, [this] { takeNotes(action(), m_actionNotes->toPlainText()); });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &SpeakerWindow::showNotes);
    connect(&presentation, &Presentation::changed, this, &SpeakerWindow::refresh);
    connect(&m_timer, &QTimer::timeout, this, &SpeakerWindow::showTime);
    m_timer.start(std::chrono::seconds(1));
    refresh();
    m_now->setFocus(); // so that the keys step and do not write
}

void SpeakerWindow::showBeside(const QWidget& window)
{
    for (auto* screen : QGuiApplication::screens())
        if (screen != window.screen()) {
            setGeometry(screen->availableGeometry().adjusted(40, 40, -40, -40));
            break;
        }
    show();
    raise();
}

int SpeakerWindow::action() const
{
    const auto& whole = m_presentation.whole();
    const int at = m_presentation.shownUntil();
    return at >= 0 && at < whole.size() ? whole.at(at).action : 0;
}

void SpeakerWindow::refresh()
{
    const auto& whole = m_presentation.whole();
    const auto theme = Theme::of(*this);
    const auto words = [&](int index) {
        const auto& step = whole.at(index);
        const auto verdict = stepwords::verdict(step);
        const auto tone = stepwords::isFailure(step) ? theme.block.text : theme.chosen.text;
        const auto header = stepwords::decidingHeader(step);
        return QString(QStringLiteral("<h3>%1%2</h3>%3<p>%4</p>")
                           .arg(stepwords::title(step).toHtmlEscaped(),
                                verdict.isEmpty() ? QString() : QStringLiteral(" <span style='color:%1'>%2</span>").arg(tone.name(), verdict),
                                header.isEmpty() ? QString() : QStringLiteral("<p><code>%1</code></p>").arg(header.toHtmlEscaped()),
                                explain::stepText(step, whole).toHtmlEscaped()));
    };
    const int now = m_presentation.shownUntil();
    const int next = m_presentation.upcoming();
    const bool any = m_presentation.isOn() && now >= 0 && now < whole.size();
    m_now->setHtml(any ? words(now) : tr("Nothing is presented. F5 begins."));
    m_next->setHtml(!any ? QString() : next >= 0 ? words(next) : tr("That was the last step."));
    m_place->setText(!any                            ? QString()
                     : m_presentation.isAsking() ? tr("Step %1 of %2: the audience predicts").arg(m_presentation.stop()).arg(m_presentation.stops())
                                                 : tr("Step %1 of %2").arg(m_presentation.stop()).arg(m_presentation.stops()));
    showNotes();
    showTime();
}

void SpeakerWindow::showNotes()
{
    const auto& scenario = m_document.scenario();
    const auto put = [](QPlainTextEdit* edit, const QString& text) {
        const QSignalBlocker blocker(edit);
        if (edit->toPlainText() != text)
            edit->setPlainText(text);
    };
    put(m_notes, notesOf(scenario, std::nullopt));
    put(m_actionNotes, notesOf(scenario, action()));
    const int count = int(scenario.actions.size());
    m_actionTitle->setText(tr("On action %1 of %2").arg(std::min(action() + 1, count)).arg(count));
    m_actionTitle->setVisible(count > 0);
    m_actionNotes->setVisible(count > 0);
}

void SpeakerWindow::takeNotes(std::optional<int> action, const QString& text)
{
    const auto key = QByteArray(QByteArrayLiteral("notes/") + QByteArray::number(action.value_or(-1)));
    m_document.edit(tr("Change notes"), key, [&](Scenario& scenario) {
        std::erase_if(scenario.notes, [&](const SpeakerNote& note) { return note.action == action; });
        if (text.isEmpty())
            return;
        const auto before = std::find_if(scenario.notes.begin(), scenario.notes.end(), [&](const SpeakerNote& note) {
            return note.action.value_or(-1) > action.value_or(-1);
        });
        scenario.notes.insert(before, SpeakerNote{action, text});
    });
}

void SpeakerWindow::showTime()
{
    const auto seconds = m_presentation.elapsed() / 1000;
    m_time->setText(QStringLiteral("%1:%2").arg(seconds / 60, 2, 10, QLatin1Char('0')).arg(seconds % 60, 2, 10, QLatin1Char('0')));
}

void SpeakerWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace corscope
