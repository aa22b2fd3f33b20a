#include "ui/share/ShareDialog.h"

#include "core/base/ReplaceFile.h"
#include "core/share/Exchanges.h"
#include "core/share/SvgDiagram.h"
#include "ui/share/DiagramPreview.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace corscope {

using share::Format;

static constexpr qsizetype longestPreview = 200'000;

ShareDialog::ShareDialog(const Scenario& scenario, const Trace& trace, QWidget* parent)
    : QDialog(parent), m_scenario(scenario), m_trace(trace)
{
    setWindowTitle(tr("Share: %1").arg(scenario.title));
    setObjectName(QStringLiteral("shareDialog"));
    auto* row = new QHBoxLayout;
    row->addWidget(choices());
    row->addWidget(preview(), 1);
    m_note = noteLabel();
    m_note->setObjectName(QStringLiteral("shareNote"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("shareSave"));
    m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("shareCopy"));
    m_copy->setProperty("role", QStringLiteral("primary"));
    connect(m_save, &QPushButton::clicked, this, &ShareDialog::save);
    connect(m_copy, &QPushButton::clicked, this, &ShareDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_note, 1);
    foot->addWidget(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(row, 1);
    layout->addLayout(foot);
    // NB: a default button has to stand in its dialog when it is made one.
    m_save->setAutoDefault(false);
    m_copy->setDefault(true);
    const auto em = fontMetrics().height();
    resize(em * 58, em * 36);
    connect(m_list, &QListWidget::currentRowChanged, this, &ShareDialog::showForm);
    connect(m_sends, &QComboBox::currentIndexChanged, this, [this] { showForm(m_list->currentRow()); });
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

QWidget* ShareDialog::choices()
{
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("shareFormats"));
    m_list->setAccessibleName(tr("Form"));
    for (const auto& info : share::formats()) {
        auto* item = new QListWidgetItem(info.title, m_list);
        item->setData(Qt::UserRole, info.id);
        item->setToolTip(info.purpose);
        item->setSizeHint({0, int(fontMetrics().height() * 1.9)});
    }
    m_list->setFixedWidth(fontMetrics().averageCharWidth() * 32);
    return m_list;
}

QWidget* ShareDialog::preview()
{
    auto* side = new QWidget;
    m_title = new QLabel;
    m_title->setProperty("role", QStringLiteral("card-title"));
    m_purpose = new QLabel;
    m_purpose->setProperty("role", QStringLiteral("muted"));
    m_purpose->setWordWrap(true);
    m_sends = new QComboBox;
    m_sends->setObjectName(QStringLiteral("shareSends"));
    m_sends->setAccessibleName(tr("Which send"));
    m_sendsLabel = new QLabel(tr("&Of"));
    m_sendsLabel->setBuddy(m_sends);
    fillSends();
    m_text = new QPlainTextEdit;
    m_text->setObjectName(QStringLiteral("shareText"));
    m_text->setAccessibleName(tr("Preview"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(Theme::fixedLike(font()));
    m_picture = new DiagramPreview;
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_picture);
    scroll->setWidgetResizable(true);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_text);
    m_pages->addWidget(scroll);
    auto* which = new QHBoxLayout;
    which->addWidget(m_sendsLabel);
    which->addWidget(m_sends, 1);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_purpose);
    layout->addLayout(which);
    layout->addWidget(m_pages, 1);
    return side;
}

void ShareDialog::fillSends()
{
    const int chosen = share::sharedAction(m_scenario, m_trace);
    for (int i = 0; i < int(m_trace.outcomes.size()); ++i) {
        const auto* send = std::get_if<SendOutcome>(&m_trace.outcomes[size_t(i)]);
        if (!send)
            continue;
        m_sends->addItem(tr("Action %1: %2 %3, %4").arg(i + 1).arg(QString::fromUtf8(send->method), QString::fromUtf8(send->url),
                                                                 send->blocked ? tr("blocked") : tr("allowed")), i);
        if (i == chosen)
            m_sends->setCurrentIndex(m_sends->count() - 1);
    }
}

int ShareDialog::action() const
{
    const bool matters = share::infoOf(m_format).ofOneSend && m_sends->count() > 0;
    return matters ? m_sends->currentData().toInt() : -1;
}

void ShareDialog::showForm(int row)
{
    if (row < 0)
        return;
    const auto& info = share::formats()[size_t(row)];
    m_format = info.format;
    m_title->setText(info.title);
    m_purpose->setText(info.purpose);
    m_sends->setVisible(info.ofOneSend && m_sends->count() > 1);
    m_sendsLabel->setVisible(m_sends->isVisibleTo(this));
    const auto bytes = share::shared(m_format, m_scenario, m_trace, action());
    m_bytes = bytes ? *bytes : QByteArray();
    m_copy->setEnabled(bytes.ok());
    m_save->setEnabled(bytes.ok());
    m_note->setText(bytes ? QString() : bytes.error().sentence());
    setLook(m_note, "invalid", !bytes.ok());
    const bool picture = bytes && (m_format == Format::Svg || m_format == Format::Html);
    m_pages->setCurrentIndex(picture ? 1 : 0);
    if (picture)
        m_picture->setSvg(share::svgElement(m_trace));
    if (m_format == Format::Html && bytes)
        m_note->setText(tr("The page shows this diagram and %1 steps; %2 kB.").arg(m_trace.size()).arg((m_bytes.size() + 1023) / 1024));
    m_note->setVisible(!m_note->text().isEmpty());
    // A link has no place to break at.
    m_text->setWordWrapMode(m_format == Format::Link ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setPlainText(picture ? QString() : QString::fromUtf8(m_bytes.left(longestPreview)));
    m_text->verticalScrollBar()->setValue(0);
}

void ShareDialog::copy()
{
    auto text = QString::fromUtf8(m_bytes);
    if (m_format == Format::Link)
        text = text.trimmed();
    auto* data = new QMimeData;
    data->setText(text);
    if (m_format == Format::Svg) {
        data->setData(QStringLiteral("image/svg+xml"), m_bytes);
        data->setImageData(m_picture->image());
    }
    QApplication::clipboard()->setMimeData(data);
    m_note->setText(m_format == Format::Svg ? tr("Copied, as SVG and as a picture.") : tr("Copied."));
    m_note->setVisible(true);
}

void ShareDialog::save()
{
    const auto& info = share::infoOf(m_format);
    const auto filter = m_format == Format::Svg ? tr("SVG (*.svg);;PNG (*.png)") : QString();
    const auto path = QFileDialog::getSaveFileName(this, tr("Save %1").arg(info.title), QDir::home().filePath(info.fileName), filter);
    if (path.isEmpty())
        return;
    const auto problem = saveTo(path);
    m_note->setText(problem.isEmpty() ? tr("Saved as %1").arg(path) : problem);
    setLook(m_note, "invalid", !problem.isEmpty());
    m_note->setVisible(true);
}

QString ShareDialog::saveTo(const QString& path)
{
    auto bytes = m_bytes;
    if (m_format == Format::Svg && path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        QBuffer picture(&bytes);
        picture.open(QIODevice::WriteOnly | QIODevice::Truncate);
        m_picture->image().save(&picture, "PNG");
    }
    const auto trouble = replaceFile(path, bytes);
    return trouble.isEmpty() ? QString() : tr("%1: %2").arg(path, trouble);
}

} // namespace corscope
