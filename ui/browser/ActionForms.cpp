#include "ui/browser/ActionForms.h"

#include "core/scenario/JsonPath.h"
#include "core/scenario/JsonWriter.h"
#include "core/scenario/Runner.h"
#include "ui/browser/ActionBar.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QVBoxLayout>

#include <cmath>

namespace corscope {

namespace {

template<typename Kind>
const Kind* shown(const ScenarioDocument& document, const ActionBar& bar)
{
    const auto& actions = document.scenario().actions;
    return bar.action() >= 0 && size_t(bar.action()) < actions.size() ? std::get_if<Kind>(&actions[size_t(bar.action())]) : nullptr;
}

template<typename Kind, typename Change>
void edit(ScenarioDocument& document, const ActionBar& bar, const QString& name, const char* field, Change change)
{
    const int place = bar.action();
    document.edit(name, "action" + QByteArray::number(place) + field, [&](Scenario& scenario) {
        if (auto* action = std::get_if<Kind>(&scenario.actions[size_t(place)]))
            change(*action);
    });
}

QString checkSeconds(const QString& text)
{
    bool ok = false;
    const double seconds = text.toDouble(&ok);
    return ok && seconds >= 0 && seconds <= 3e8 ? QString() : WaitForm::tr("This is a number of seconds, such as 600 or 0.5.");
}

std::optional<QJsonValue> jsonValue(const QString& text)
{
    QJsonParseError error;
    const QByteArray list = '[' + text.toUtf8() + ']';
    const auto document = QJsonDocument::fromJson(list, &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return std::nullopt;
    return document.array().at(0);
}

} // namespace

WaitForm::WaitForm(ScenarioDocument& document, ActionBar& bar, QWidget* parent)
    : QWidget(parent), m_document(document), m_bar(bar), m_seconds(new Field(checkSeconds))
{
    m_seconds->setName(QStringLiteral("waitSeconds"), tr("Seconds of virtual time that pass"));
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Seconds"), m_seconds);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(form);
    connect(m_seconds, &Field::edited, this, [this](const QString& text) {
        edit<WaitAction>(m_document, m_bar, tr("Change the wait"), ".wait",
                         [&](WaitAction& wait) { wait.milliseconds = std::llround(text.toDouble() * 1000); });
    });
    connect(&bar, &ActionBar::actionShown, this, &WaitForm::refresh);
    refresh();
}

void WaitForm::refresh()
{
    const auto* wait = shown<WaitAction>(m_document, m_bar);
    setVisible(wait);
    if (wait && std::llround(m_seconds->text().toDouble() * 1000) != wait->milliseconds)
        m_seconds->setText(QString::number(double(wait->milliseconds) / 1000, 'g', 12));
}

ChangeForm::ChangeForm(ScenarioDocument& document, ActionBar& bar, QWidget* parent)
    : QWidget(parent), m_document(document), m_bar(bar), m_path(new Field([](const QString& text) {
          return JsonPath::parse(text) ? QString() : tr("A path leads into the scenario file: servers[0].pipeline[0].enabled.");
      })),
      m_value(new Field([](const QString& text) {
          return jsonValue(text) ? QString() : tr("A value is written as in the file: true, 5, \"text\" or [\"a\", \"b\"].");
      }))
{
    m_path->setName(QStringLiteral("changePath"), tr("Path of the setting that changes"));
    m_value->setName(QStringLiteral("changeValue"), tr("What the setting becomes"));
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Setting"), m_path);
    form->addRow(tr("Becomes"), m_value);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(form);
    connect(m_path, &Field::edited, this, [this](const QString& text) {
        edit<ChangeAction>(m_document, m_bar, tr("Change what changes"), ".path", [&](ChangeAction& change) { change.path = text; });
    });
    connect(m_value, &Field::edited, this, [this](const QString& text) {
        edit<ChangeAction>(m_document, m_bar, tr("Change what it becomes"), ".value",
                           [&](ChangeAction& change) { change.value = *jsonValue(text); });
    });
    connect(&bar, &ActionBar::actionShown, this, &ChangeForm::refresh);
    refresh();
}

void ChangeForm::refresh()
{
    const auto* change = shown<ChangeAction>(m_document, m_bar);
    setVisible(change);
    if (!change)
        return;
    m_path->setText(change->path);
    if (jsonValue(m_value->text()) != change->value)
        m_value->setText(QString::fromUtf8(JsonTree(change->value).compact()));
    tryOut();
}

/// A change that cannot be made says so here, not only when it is run.
void ChangeForm::tryOut()
{
    const auto checked = checkScenario(m_document.scenario());
    const auto ours = QStringLiteral("actions[%1]").arg(m_bar.action());
    const bool wrong = !checked && checked.error().where.startsWith(ours);
    m_value->setNote(wrong ? tr("The change cannot be made: %1.").arg(checked.error().sentence().section(QStringLiteral(": "), 1)) : QString());
}

} // namespace corscope
