#include "ui/server/SettingsForm.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "ui/server/FrameworkChange.h"
#include "ui/server/OptionEdit.h"
#include "ui/server/StageCode.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace corscope {

static constexpr int longestBeside = 18; ///< letters of a name that leave room for an input beside it
static constexpr int longestShown = 36;  ///< letters of a name that fit into the column

SettingsForm::SettingsForm(ScenarioDocument& document, int server, QWidget* parent)
    : QWidget(parent), m_document(document), m_server(server), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addStretch(1);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &SettingsForm::refresh);
}

void SettingsForm::showStage(int stage)
{
    m_stage = stage;
    m_shown.clear();
    refresh();
}

void SettingsForm::refresh()
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_stage);
    const auto* description = stage ? descriptionOf(*stage) : nullptr;
    const auto wanted = description ? description->id + '/' + stage->version : QByteArray();
    if (!m_form || wanted != m_shown) {
        delete m_form;
        m_form = nullptr;
        m_version = nullptr;
        m_rows.clear();
        m_shown = wanted;
        if (description)
            rebuild(*stage);
    }
    if (!description)
        return;
    const auto made = makeStage(*stage);
    const auto refused = made ? InputError() : made.error();
    const auto offender = refused.where.section(QStringLiteral("settings."), 1);
    for (const auto& row : m_rows) {
        const auto key = QString::fromUtf8(row.edit->option().name);
        row.edit->setValue(stage->settings.contains(key) ? stage->settings.value(key) : QJsonValue(QJsonValue::Undefined));
        const auto after = offender.mid(key.size());
        const bool isIt = offender.startsWith(key) && (after.isEmpty() || !(after[0].isLetterOrNumber() || after[0] == u'_'));
        if (isIt) {
            const auto place = row.edit->option().multiline ? placeIn({after, {}, {}}) : TextPlace();
            const auto where = place.line > 0 ? tr("line %1").arg(place.line) : QString();
            auto sentence = InputError{where, refused.expected, refused.found}.sentence();
            sentence[0] = sentence[0].toUpper();
            row.edit->setMistake(sentence + u'.', place.line, place.column);
        } else {
            row.edit->setMistake({});
        }
        m_form->setWide(row.edit, row.edit->wantsWidth() || key.size() > longestBeside);
    }
    if (m_version)
        m_version->setCurrentText(QString::fromUtf8(stage->version.isEmpty() ? description->defaultVersion : stage->version));
}

void SettingsForm::addVersion(const FrameworkDescription& description)
{
    if (description.versions.isEmpty())
        return;
    if (description.versions.size() == 1) {
        auto* only = new QLabel(QString::fromUtf8(description.versions.first()));
        only->setFont(Theme::fixedLike(only->font()));
        only->setContentsMargins(0, fontMetrics().height() / 4, 0, 0);
        only->setToolTip(tr("The version that was measured and is imitated here"));
        m_form->addRow(tr("version"), only);
        return;
    }
    m_version = new QComboBox;
    m_version->setObjectName(QStringLiteral("stageVersion"));
    m_version->setAccessibleName(tr("Version of %1").arg(description.title));
    for (auto it = description.versions.rbegin(); it != description.versions.rend(); ++it)
        m_version->addItem(QString::fromUtf8(*it));
    connect(m_version, &QComboBox::textActivated, this, [this](const QString& text) {
        edit(tr("Change the version to %1").arg(text), {},
             [&](StageConfig& changed) { changed = changedVersion(changed, text.toUtf8()); });
    }, Qt::QueuedConnection); // the form that sends this is made anew
    m_form->addRow(tr("version"), m_version);
}

void SettingsForm::rebuild(const StageConfig& stage)
{
    const auto& description = *descriptionOf(stage);
    m_form = new FormGrid;
    addVersion(description);
    for (const auto& option : description.options) {
        if (!description.knows(option, stage.version))
            continue;
        auto* optionEdit = OptionEdit::create(option, description.code.language);
        const auto name = QString::fromUtf8(option.name);
        auto* label = m_form->addRow(name.size() > longestShown ? QString(name.left(longestShown - 1) + QChar(0x2026)) : name, optionEdit);
        m_form->addFreeLine();
        m_form->addBesideLabel(optionEdit, optionEdit->resetButton());
        label->setFont(Theme::fixedLike(label->font()));
        label->setToolTip(name.size() > longestShown ? QString(name + QStringLiteral("\n\n") + option.help) : option.help);
        connect(optionEdit, &OptionEdit::entered, this, [this, key = option.name] {
            mark({});
            Q_EMIT optionEntered(key);
        });
        connect(optionEdit, &OptionEdit::edited, this, [this, name](const QJsonValue& value, bool typing) {
            edit(value.isUndefined() && !typing ? tr("Put %1 back").arg(name) : tr("Change %1").arg(name),
                 typing ? "option." + name.toUtf8() : QByteArray(), [&](StageConfig& changed) {
                if (value.isUndefined())
                    changed.settings.remove(name);
                else
                    changed.settings.insert(name, value);
            });
        });
        m_rows.push_back({optionEdit, label});
    }
    m_column->insertWidget(0, m_form);
    mark(m_marked);
}

void SettingsForm::mark(const QByteArray& option)
{
    m_marked = option;
    for (const auto& row : m_rows)
        setLook(row.label, "marked", row.edit->option().name == option);
}

void SettingsForm::edit(const QString& name, const QByteArray& key, const std::function<void(StageConfig&)>& change)
{
    const auto whole = key.isEmpty() ? QByteArray()
                                     : "server" + QByteArray::number(m_server) + ".stage" + QByteArray::number(m_stage) + '.' + key;
    m_document.edit(name, whole, [&](Scenario& scenario) {
        if (auto* stage = scenarioaccess::stage(scenario, m_server, m_stage))
            change(*stage);
    });
}

} // namespace corscope
