#include "ui/server/SettingsForm.h"

#include "core/backend/FrameworkDescription.h"
#include "ui/server/OptionEdit.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace corscope {

const FrameworkDescription* descriptionOf(const StageConfig& stage)
{
    return findFrameworkDescription(stage.framework.isEmpty() ? stage.kind : stage.framework);
}

SettingsForm::SettingsForm(ScenarioDocument& document, int server, QWidget* parent)
    : QWidget(parent), m_document(document), m_server(server), m_column(new QVBoxLayout(this)), m_error(noteLabel())
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_error->setProperty("invalid", true);
    m_error->setObjectName(QStringLiteral("settingsError"));
    m_column->addWidget(m_error);
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
        m_edits.clear();
        m_shown = wanted;
        if (description)
            rebuild(*stage);
    }
    m_error->hide();
    if (!description)
        return;
    for (auto* edit : m_edits) {
        const auto key = QString::fromUtf8(edit->option().name);
        edit->setValue(stage->settings.contains(key) ? stage->settings.value(key) : QJsonValue(QJsonValue::Undefined));
        m_form->setWide(edit, edit->wantsWidth());
    }
    if (m_version)
        m_version->setCurrentText(QString::fromUtf8(stage->version.isEmpty() ? description->defaultVersion : stage->version));
    if (const auto complete = description->completed(stage->settings, stage->version); !complete) {
        m_error->setText(complete.error().sentence());
        m_error->show();
    }
}

void SettingsForm::rebuild(const StageConfig& stage)
{
    const auto& description = *descriptionOf(stage);
    auto* form = new FormGrid;
    m_form = form;
    if (description.versions.size() > 1) {
        m_version = new QComboBox;
        m_version->setObjectName(QStringLiteral("stageVersion"));
        m_version->setAccessibleName(tr("Version of %1").arg(description.title));
        for (auto it = description.versions.rbegin(); it != description.versions.rend(); ++it)
            m_version->addItem(QString::fromUtf8(*it));
        connect(m_version, &QComboBox::textActivated, this, [this, standard = description.defaultVersion](const QString& text) {
            edit(tr("Change the version"), {}, [&](StageConfig& changed) {
                changed.version = text.toUtf8() == standard ? QByteArray() : text.toUtf8();
            });
        }, Qt::QueuedConnection); // the form that sends this is made anew
        form->addRow(tr("version"), m_version);
    }
    for (const auto& option : description.options) {
        if (!description.knows(option, stage.version))
            continue;
        auto* optionEdit = OptionEdit::create(option);
        const auto name = QString::fromUtf8(option.name);
        auto* label = form->addRow(name, optionEdit);
        form->addFreeLine();
        label->setFont(Theme::fixedLike(label->font()));
        label->setToolTip(option.help);
        connect(optionEdit, &OptionEdit::entered, this, [this, key = option.name] { Q_EMIT optionEntered(key); });
        connect(optionEdit, &OptionEdit::edited, this, [this, name](const QJsonValue& value, bool typing) {
            edit(tr("Change %1").arg(name), typing ? "option." + name.toUtf8() : QByteArray(), [&](StageConfig& changed) {
                if (value.isUndefined())
                    changed.settings.remove(name);
                else
                    changed.settings.insert(name, value);
            });
        });
        m_edits.push_back(optionEdit);
    }
    m_column->insertWidget(0, form);
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
