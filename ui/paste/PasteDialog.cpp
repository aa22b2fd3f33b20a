#include "ui/paste/PasteDialog.h"

#include "core/paste/HarFile.h"
#include "ui/explain/ExplanationView.h"
#include "ui/paste/FindingsHtml.h"
#include "ui/paste/PasteEdit.h"

#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <chrono>

namespace corscope {

static QString welcome()
{
    return PasteDialog::tr(
        "<p style='font-size:large; font-weight:600'>What the console says is enough to begin with</p>"
        "<p>Paste it on the left. The more, the better, in any mixture:</p>"
        "<ul><li>console lines of Chrome, Firefox or Safari</li><li><i>Copy as fetch</i>, <i>Copy as cURL</i></li>"
        "<li>headers of the request, the preflight and the answers</li>"
        "<li>the settings of the CORS middleware, as code</li><li>a HAR file of any size</li></ul>"
        "<p>It is read here and goes nowhere.</p>");
}

PasteDialog::PasteDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Paste a bug report"));
    setObjectName(QStringLiteral("pasteDialog"));
    setAcceptDrops(true);
    const int em = fontMetrics().height();
    m_edit = new PasteEdit;
    m_edit->setObjectName(QStringLiteral("pastedText"));
    m_edit->setAccessibleName(tr("The bug report"));
    m_edit->setPlaceholderText(tr("Access to fetch at 'https://api.example.com/items' from origin 'http://localhost:3000' has "
                                  "been blocked by CORS policy: …"));
    m_source = new QLabel;
    m_source->setObjectName(QStringLiteral("pasteSource"));
    m_source->setWordWrap(true);
    m_source->setTextFormat(Qt::PlainText);
    m_source->setProperty("role", QStringLiteral("banner"));
    m_source->hide();
    auto* file = new QPushButton(tr("Read a &file…"));
    file->setObjectName(QStringLiteral("pasteFile"));
    connect(file, &QPushButton::clicked, this, &PasteDialog::chooseFile);
    auto* clear = new QPushButton(tr("&Clear"));
    clear->setObjectName(QStringLiteral("clearPaste"));
    connect(clear, &QPushButton::clicked, this, [this] { setText({}); });

    m_view = new ExplanationView;
    m_view->setObjectName(QStringLiteral("pasteResult"));
    m_busy = new QWidget;
    m_busy->setObjectName(QStringLiteral("pasteBusy"));
    m_bar = new QProgressBar;
    m_bar->setAccessibleName(tr("How much was read"));
    auto* stop = new QPushButton(tr("&Stop"));
    stop->setObjectName(QStringLiteral("stopReading"));
    connect(stop, &QPushButton::clicked, &m_reader, &PasteReader::cancel);
    auto* busyRow = new QHBoxLayout(m_busy);
    busyRow->setContentsMargins(0, 0, 0, 0);
    busyRow->addWidget(m_bar, 1);
    busyRow->addWidget(stop);

    auto* left = new QWidget;
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->addWidget(m_source);
    leftColumn->addWidget(m_edit, 1);
    auto* fileRow = new QHBoxLayout;
    fileRow->addWidget(file);
    fileRow->addWidget(clear);
    fileRow->addStretch(1);
    leftColumn->addLayout(fileRow);
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->addWidget(m_busy);
    rightColumn->addWidget(m_view, 1);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(em / 2);
    split->addWidget(left);
    split->addWidget(right);
    split->setSizes({em * 28, em * 34});

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_open = buttons->addButton(tr("&Open in sandbox"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(QStringLiteral("openPasted"));
    m_open->setProperty("role", QStringLiteral("primary"));
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_report)
            Q_EMIT openWanted(Scenario(m_report->scenario));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, &m_reader, &PasteReader::cancel);
    auto* column = new QVBoxLayout(this);
    column->addWidget(split, 1);
    column->addWidget(buttons);
    resize(em * 64, em * 38);

    m_typing.setSingleShot(true);
    m_typing.setInterval(std::chrono::milliseconds(250));
    connect(&m_typing, &QTimer::timeout, this, &PasteDialog::readTyped);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_edit, &PasteEdit::fileGiven, this, &PasteDialog::readFile);
    connect(m_edit, &PasteEdit::largeTextGiven, this, &PasteDialog::takeLargeText);
    connect(&m_reader, &PasteReader::started, this, [this] { showBusy(true); });
    connect(&m_reader, &PasteReader::finished, this, &PasteDialog::showReading);
    connect(&m_reader, &PasteReader::progressed, this, [this](qint64 read, qint64 size) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(size > 0 ? int(read * 1000 / size) : 0);
    });
    connect(&m_reader, &PasteReader::cancelled, this, [this] {
        showBusy(false);
        m_view->say(tr("<p>Reading was stopped.</p>"));
    });
    showReading({});
}

void PasteDialog::setText(const QString& text)
{
    if (text.size() > PasteEdit::mostShown) {
        takeLargeText(text);
        return;
    }
    m_reader.cancel();
    m_source->hide();
    m_edit->setMarks({});
    m_edit->setReadOnly(false);
    m_edit->setPlainText(text);
    m_edit->setFocus();
    m_typing.stop();
    readTyped();
}

void PasteDialog::takeLargeText(const QString& text)
{
    setText({});
    m_edit->setReadOnly(true);
    m_source->setText(tr("%1 of text, too much to be shown here.").arg(QLocale().formattedDataSize(text.size())));
    m_source->show();
    m_reader.readText(text);
}

void PasteDialog::readFile(const QString& path)
{
    // What can be shown is shown; a recording can be read, but not by people.
    if (QFile file(path); QFileInfo(path).size() <= PasteEdit::mostShown && file.open(QIODevice::ReadOnly)) {
        const auto text = file.read(PasteEdit::mostShown + 1);
        if (text.size() <= PasteEdit::mostShown && !paste::looksLikeHarFile(text)) {
            setText(QString::fromUtf8(text));
            return;
        }
    }
    setText({});
    m_edit->setReadOnly(true);
    m_source->setText(tr("File: %1 (%2)").arg(QFileInfo(path).fileName(), QLocale().formattedDataSize(QFileInfo(path).size())));
    m_source->setToolTip(path);
    m_source->show();
    m_reader.readFile(path);
}

void PasteDialog::chooseFile()
{
    const auto path = QFileDialog::getOpenFileName(this, tr("Read a bug report"), {},
                                                   tr("Recordings and text (*.har *.txt *.log *.json);;All files (*)"));
    if (!path.isEmpty())
        readFile(path);
}

void PasteDialog::readTyped()
{
    if (m_edit->isReadOnly())
        return;
    m_reader.readText(m_edit->toPlainText());
}

void PasteDialog::showBusy(bool busy)
{
    m_bar->setRange(0, 0);
    m_busy->setVisible(busy);
    m_open->setEnabled(!busy && m_report.has_value());
}

void PasteDialog::showReading(const PasteReading& reading)
{
    m_report.reset();
    if (reading.report && reading.report->ok())
        m_report = reading.report->value();
    m_edit->setMarks(reading.marks);
    if (m_report)
        showReport();
    else if (reading.report)
        m_view->say(tr("<p style='font-weight:600'>Nothing of it could be read.</p><p>%1</p>")
                        .arg(reading.report->error().sentence().toHtmlEscaped()));
    else
        m_view->say(welcome());
    showBusy(false);
}

void PasteDialog::showReport()
{
    m_view->show(m_report->diagnosis);
    m_view->setAppendix(findingsHtml(*m_report, Theme::of(*this)));
}

void PasteDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void PasteDialog::dropEvent(QDropEvent* event)
{
    for (const auto& url : event->mimeData()->urls())
        if (url.isLocalFile()) {
            readFile(url.toLocalFile());
            event->acceptProposedAction();
            return;
        }
    setText(event->mimeData()->text());
    event->acceptProposedAction();
}

void PasteDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_report)
        showReport();
}

} // namespace corscope
